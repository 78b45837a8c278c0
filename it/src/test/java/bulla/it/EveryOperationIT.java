package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The last of the suite (junit-platform.properties): what all the others have called. */
@Order(Integer.MAX_VALUE)
class EveryOperationIT {
  @Test
  void everyOperationWasAnsweredAsItsDocumentSays() {
    assertThat(Contract.unanswered())
        .as("operations that no test of the whole suite has got a success from")
        .isEmpty();
  }
}
