package bulla.protector;

import static bulla.protector.PackageWorkshop.element;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.FpeNumeric;
import bulla.protection.Tokenizer;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a call allocates, by the counter of the Java machine: for its policy check and its audit
 * record, and for each value its result, which takes 60 bytes in an array.
 */
class SessionAllocationTest {
  private static final List<String> ELEMENTS = List.of("DE_NAME", "DE_FPE");
  private static final String VALUE = "4000123456789010";
  private static final long OF_A_CALL = 520;

  @TempDir private Path directory;
  private final AtomicLong recorded = new AtomicLong();
  private Protector protector;
  private Session session;

  @BeforeEach
  void open() throws IOException {
    PackageWorkshop workshop = PackageWorkshop.in(directory);
    Path sealed =
        workshop.seal(
            "allocation.json",
            10,
            PackageWorkshop.policyOf(
                List.of(
                    element(
                        "1",
                        "DE_NAME",
                        new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES)),
                    element("2", "DE_FPE", new FpeNumeric(null, null, null, null, null))),
                List.of()));
    protector =
        Protector.open(
            sealed,
            PemDecryptor.of(workshop.privateKey()),
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state(),
            auditRecord -> recorded.addAndGet(auditRecord.count()));
    session = protector.session("fraud");
  }

  @AfterEach
  void close() throws IOException {
    protector.close();
  }

  /** The fewest bytes of some runs, after so many that the working arrays are there. */
  private static long allocated(int runs, Runnable work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      work.run();
      least =
          Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
    }
    return least;
  }

  @Test
  void oneTextTakesLittleMoreThanItsRecord() {
    for (String element : ELEMENTS) {
      String token = session.protect(element, VALUE);
      assertThat(allocated(2000, () -> session.protect(element, VALUE)))
          .isLessThanOrEqualTo(OF_A_CALL + 60);
      assertThat(allocated(2000, () -> session.unprotect(element, token)))
          .isLessThanOrEqualTo(OF_A_CALL + 60);
    }
    assertThat(recorded).hasValue(2 * (2000 + 2000 + 1));
  }

  /** Those of an array lie in two arrays, and are copied from one to the other. */
  @Test
  void manyTextsTakeTheirResultsAndLittleElse() {
    for (String element : ELEMENTS) {
      for (int count : new int[] {16, 1024}) {
        var clear = new String[count];
        Arrays.setAll(clear, i -> String.valueOf(4_000_123_456_789_010L + i));
        String[] tokens = session.protect(element, clear);
        long bound = OF_A_CALL + 64L * count;
        assertThat(allocated(100, () -> session.protect(element, clear)))
            .isLessThanOrEqualTo(bound);
        assertThat(allocated(100, () -> session.unprotect(element, tokens)))
            .isLessThanOrEqualTo(bound);
      }
    }
  }
}
