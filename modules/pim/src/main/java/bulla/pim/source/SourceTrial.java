package bulla.pim.source;

import bulla.pim.source.SourceTestView.TestedStep;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far the test of a source has come: whoever tests it writes it down, and whoever gives up
 * waiting for that reads it.
 */
final class SourceTrial {
  private final Map<SourceStep, TestedStep> outcomes = new EnumMap<>(SourceStep.class);

  /** Writes down what came of a step; what came of it first, where it is tried again. */
  synchronized void ended(SourceStep step, TestedStep outcome) {
    outcomes.putIfAbsent(step, outcome);
  }

  /** What came of each step; none of them is still under way. */
  synchronized SourceTestView view() {
    return new SourceTestView(
        outcome(SourceStep.CONNECTION),
        outcome(SourceStep.AUTHENTICATION),
        outcome(SourceStep.GROUPS),
        outcome(SourceStep.USERS));
  }

  private TestedStep outcome(SourceStep step) {
    return outcomes.getOrDefault(step, TestedStep.skipped());
  }

  /**
   * The same where the test ended in a step, so that none of those after it is tried; in the next
   * one, if it ended when that step had just been written down.
   */
  synchronized SourceTestView stopped(UnreadableSourceException in) {
    if (in.step() != SourceStep.CONNECTION) {
      outcomes.put(SourceStep.CONNECTION, TestedStep.passed());
    }
    Arrays.stream(SourceStep.values())
        .filter(step -> step.compareTo(in.step()) >= 0 && !outcomes.containsKey(step))
        .findFirst()
        .ifPresent(step -> outcomes.put(step, TestedStep.failed(in.getMessage())));
    return view();
  }
}
