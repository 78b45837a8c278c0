package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TableMemoryTest {
  private static final long DIGITS_TABLE = 4 * 1000;

  private static Protection numeric(TableMemory memory) {
    return Protection.of(
        new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES), KEY, memory);
  }

  @Test
  void theMemoryOfAnElementIsKnownAndTakesFourBytesAnEntry() {
    var memory = TableMemory.ofBytes(1_000_000);
    var element = numeric(memory);
    assertThat(element.tableBytes()).isZero();
    assertThat(element.mostTableBytes()).isEqualTo(2 * 4 * (10 + 100 + 1000));
    String token = element.protect("12345", NO_IV);
    assertThat(element.tableBytes()).isEqualTo(DIGITS_TABLE);
    element.unprotect(token, NO_IV);
    assertThat(element.tableBytes()).isEqualTo(2 * DIGITS_TABLE);
    for (String value : new String[] {"1", "12"}) {
      element.unprotect(element.protect(value, NO_IV), NO_IV);
    }
    assertThat(element.tableBytes()).isEqualTo(element.mostTableBytes());
    assertThat(memory.used()).isEqualTo(element.tableBytes());
    assertThat(Protection.of(new Aes256GcmEnc(), KEY, memory).mostTableBytes()).isZero();
  }

  @Test
  void theLeastRecentlyUsedTableGivesWay() {
    var memory = TableMemory.ofBytes(3 * DIGITS_TABLE);
    var first = numeric(memory);
    var second = numeric(memory);
    var third = numeric(memory);
    var fourth = numeric(memory);
    String token = first.protect("12345", NO_IV);
    second.protect("12345", NO_IV);
    third.protect("12345", NO_IV);
    first.protect("12345", NO_IV);
    fourth.protect("12345", NO_IV);
    assertThat(first.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(second.tableBytes()).isZero();
    assertThat(third.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(fourth.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(memory.used()).isEqualTo(memory.limit());
    assertThat(second.protect("12345", NO_IV)).isEqualTo(token);
  }

  @Test
  void aTableThatIsLargerThanAllMayBeIsRefused() {
    var element = numeric(TableMemory.ofBytes(DIGITS_TABLE - 1));
    assertThatThrownBy(() -> element.protect("12345", NO_IV))
        .isInstanceOfSatisfying(
            ProtectionException.class,
            e -> assertThat(e.code()).isEqualTo(ReturnCode.OUT_OF_MEMORY));
    assertThat(element.protect("12", NO_IV)).hasSize(2);
    assertThatThrownBy(() -> TableMemory.ofBytes(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyThreadsWithTooLittleMemoryGetTheSameTokensWithinTheLimit() throws Exception {
    String expected = numeric(TableMemory.ofBytes(1_000_000)).protect("12345", NO_IV);
    var memory = TableMemory.ofBytes(3 * DIGITS_TABLE);
    List<Protection> elements = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      elements.add(numeric(memory));
    }
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int start = thread;
        tasks.add(
            () -> {
              boolean right = true;
              for (int i = 0; i < 600; i++) {
                var element = elements.get((start + i) % elements.size());
                right &= element.protect("12345", NO_IV).equals(expected);
                right &= element.unprotect(expected, NO_IV).equals("12345");
                right &= memory.used() <= memory.limit();
              }
              return right;
            });
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(elements.stream().mapToLong(Protection::tableBytes).sum())
        .isLessThanOrEqualTo(memory.limit());
  }
}
