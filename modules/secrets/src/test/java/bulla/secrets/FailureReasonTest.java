package bulla.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {
  @TempDir Path directory;

  @Test
  void whatTheFileSystemRefusesIsSaidInWordsWithTheFile() throws Exception {
    Path missing = directory.resolve("missing");
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(failure(() -> Files.readString(missing)))
        .isEqualTo(missing + ": there is no such file or directory");
    assertThat(failure(() -> Files.createDirectory(file)))
        .isEqualTo(file + ": it exists already and is not what it should be");
    assertThat(FailureReason.withFile(new NotDirectoryException("/srv/file")))
        .isEqualTo("/srv/file: it is not a directory");
    assertThat(failure(() -> Files.createDirectories(file.resolve("below"))))
        .startsWith(file.toString())
        .doesNotContain("Exception");
  }

  @Test
  void whatHasNoWordsOfItsOwnGetsSome() {
    assertThat(FailureReason.of(new IOException("disk on fire"))).isEqualTo("disk on fire");
    assertThat(FailureReason.of(new ConnectException())).isEqualTo("nothing answers there");
    assertThat(FailureReason.of(new DirectoryNotEmptyException("/srv")))
        .isEqualTo("it is not empty");
    assertThat(FailureReason.of(new IOException())).isEqualTo("IOException");
  }

  @Test
  void aHostThatNoNameServerKnowsIsToldAsSuch() {
    var inner = new ConnectException();
    inner.initCause(new UnresolvedAddressException());
    var outer = new ConnectException();
    outer.initCause(inner);
    assertThat(FailureReason.of(outer)).isEqualTo("no name server knows the host");
  }

  private static String failure(Callable<?> work) throws Exception {
    try {
      work.call();
    } catch (IOException failed) {
      return FailureReason.withFile(failed);
    }
    throw new AssertionError("it did not fail");
  }
}
