package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSerialMemoryTest {
  @TempDir private Path directory;
  private Path state;
  private FileSerialMemory memory;

  @BeforeEach
  void begin() throws IOException {
    state = directory.resolve("state").resolve("protector");
    memory = FileSerialMemory.in(state);
  }

  @Test
  void whatIsAcceptedIsRememberedByTheNextProcess() throws IOException {
    assertThat(memory.lastAccepted("iss", "1")).isEmpty();
    assertThat(memory.accept("iss", "1", 5)).isTrue();
    assertThat(memory.accept("iss", "2", 1)).isTrue();
    var next = FileSerialMemory.in(state);
    assertThat(next.lastAccepted("iss", "1")).hasValue(5);
    assertThat(next.lastAccepted("iss", "2")).hasValue(1);
    assertThat(next.lastAccepted("other", "1")).isEmpty();
  }

  @Test
  void aLowerSerialIsRefusedAndAnEqualOneAccepted() throws IOException {
    assertThat(memory.accept("iss", "1", 5)).isTrue();
    assertThat(memory.accept("iss", "1", 4)).isFalse();
    assertThat(memory.accept("iss", "1", 5)).isTrue();
    assertThat(memory.lastAccepted("iss", "1")).hasValue(5);
  }

  @Test
  void theFilesAreTheirOwnersAlone() throws IOException {
    memory.accept("iss", "1", 1);
    assertThat(mode(state)).isEqualTo("rwx------");
    assertThat(mode(state.resolve("serials.json"))).isEqualTo("rw-------");
    assertThat(state.resolve("serials.json.new")).doesNotExist();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{}",
        "{\"version\":1}",
        "{\"version\":2,\"accepted\":[]}",
        "{\"version\":1,\"accepted\":[],\"more\":1}",
        "{\"version\":1,\"accepted\":[{\"iss\":\"iss\",\"dataStore\":\"1\"}]}",
        "{\"version\":1,\"accepted\":[{\"iss\":\"iss\",\"dataStore\":\"1\",\"serial\":0}]}",
        "{\"version\":1,\"accepted\":[{\"dataStore\":\"1\",\"serial\":1}]}",
        "{\"version\":1,\"accepted\":[{\"iss\":\"i\",\"dataStore\":\"1\",\"serial\":1},"
            + "{\"iss\":\"i\",\"dataStore\":\"1\",\"serial\":2}]}"
      })
  void aDamagedFileIsAnErrorAndNeverBegunAnew(String content) throws IOException {
    Path file = Files.writeString(state.resolve("serials.json"), content);
    for (Callable<?> use :
        List.<Callable<?>>of(
            () -> memory.lastAccepted("iss", "1"), () -> memory.accept("iss", "1", 9))) {
      assertThatThrownBy(use::call)
          .isInstanceOfSatisfying(
              PackageException.class,
              e -> assertThat(e.problem()).isEqualTo(PackageProblem.STATE_UNREADABLE))
          .hasMessageContaining("serials.json");
    }
    assertThat(file).hasContent(content);
  }

  @Test
  void whatACrashLeftBehindIsInNobodysWay() throws IOException {
    Files.writeString(state.resolve("serials.json.new"), "{\"vers");
    assertThat(memory.accept("iss", "1", 3)).isTrue();
    assertThat(memory.lastAccepted("iss", "1")).hasValue(3);
  }

  @Test
  void aLockThatAnotherCopyOfThisLibraryHoldsInTheSameProcessIsWaitedFor() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (FileChannel channel =
        FileChannel.open(
            state.resolve("serials.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Future<Boolean> answer;
      try (FileLock held = channel.lock()) {
        assertThat(held.isValid()).isTrue();
        answer = thread.submit(() -> memory.accept("iss", "1", 3));
        assertThatThrownBy(() -> answer.get(50, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
      }
      assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      thread.shutdownNow();
    }
    assertThat(memory.lastAccepted("iss", "1")).hasValue(3);
  }

  @Test
  void whoeverIsInterruptedWaitsForThatLockNoLonger() throws Exception {
    try (FileChannel channel =
            FileChannel.open(
                state.resolve("serials.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> memory.accept("iss", "1", 3))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(held.isValid()).isTrue();
    }
    assertThat(memory.accept("iss", "1", 3)).isTrue();
  }

  @Test
  void severalThreadsNeverLoseOrLowerASerial() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (long serial = 1; serial <= 40; serial++) {
        long mine = serial;
        answers.add(
            threads.submit(() -> FileSerialMemory.in(state).accept("iss", "" + mine % 2, mine)));
      }
      for (Future<Boolean> answer : answers) {
        answer.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(memory.lastAccepted("iss", "0")).hasValue(40);
    assertThat(memory.lastAccepted("iss", "1")).hasValue(39);
  }
}
