package bulla.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.identity.password.PasswordHash.Cost;
import bulla.secrets.SecretBytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HashingQueueTest {
  @Test
  void whoFindsTheQueueFullIsToldWhenToComeBack() throws Exception {
    var queue = new HashingQueue(1, 0, Duration.ofSeconds(10));
    var running = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var thread = Executors.newSingleThreadExecutor();
    try {
      var first =
          thread.submit(
              () ->
                  queue.run(
                      () -> {
                        running.countDown();
                        await(end);
                        return "done";
                      }));
      running.await();
      assertThatThrownBy(() -> queue.run(() -> "never"))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.type()).isEqualTo(CommonProblem.UNAVAILABLE);
                assertThat(problem.retryAfterSeconds()).isPositive();
              });
      end.countDown();
      assertThat(first.get()).isEqualTo("done");
      assertThat(queue.run(() -> "again")).isEqualTo("again");
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void whoWaitsTooLongIsToldToComeBack() throws Exception {
    var queue = new HashingQueue(0, 5, Duration.ofMillis(1));
    assertThatThrownBy(() -> queue.run(() -> "never")).isInstanceOf(Problem.class);
  }

  @Test
  void workThatFailsGivesItsPlaceBack() {
    var queue = new HashingQueue(1, 0, Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                queue.run(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(queue.run(() -> "fine")).isEqualTo("fine");
  }

  @Test
  void nobodysPasswordMatches() {
    var hashing =
        new PasswordHashing(new Cost(64, 1, 1), new HashingQueue(1, 0, Duration.ofSeconds(1)));
    var password = NewPassword.of("correct horse");
    PasswordHash hash = hashing.hash(password);
    assertThat(hashing.matches(password.utf8(), Optional.of(hash))).isTrue();
    assertThat(hashing.matches(password.utf8(), Optional.empty())).isFalse();
    assertThat(hashing.matches(SecretBytes.random(257), Optional.of(hash))).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
