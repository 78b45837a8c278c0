package bulla.commonops.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class CommonOperationsTest {
  private final ServedApi api = new ServedApi("bulla.common.operations.test", "/nowhere");
  private final CommonOperations operations = new CommonOperations(api) {};

  // No container fills in what the resource has injected.
  @SuppressWarnings("UnnecessaryAssignment")
  @Test
  void ofTwoLevelsAtOnceTheLastOneInTheJournalHolds() throws InterruptedException {
    var second = new Thread(() -> operations.changeLogLevel(new LogLevelView("SEVERE")));
    List<String> journalled = new CopyOnWriteArrayList<>();
    operations.journal =
        new LogLevelJournal(null) {
          @Override
          void record(String name, LogLevelView before, LogLevelView after) {
            journalled.add(before.level() + " to " + after.level());
            if (Thread.currentThread() != second) {
              second.start();
              while (second.isAlive() && second.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
              }
            }
          }
        };

    operations.changeLogLevel(new LogLevelView("FINE"));
    second.join();

    assertThat(journalled).containsExactly("INFO to FINE", "FINE to SEVERE");
    assertThat(api.logLevel()).isEqualTo(Level.SEVERE);
  }
}
