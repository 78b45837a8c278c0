package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What all the others have called: JUnit runs what is isolated when nothing else runs any more. */
@Isolated("looks at what all the other classes have done")
class EveryOperationIT {
  @Test
  void everyOperationWasAnsweredAsItsDocumentSays() {
    assertThat(Contract.unanswered())
        .as("operations that no test of the whole suite has got a success from")
        .isEmpty();
  }
}
