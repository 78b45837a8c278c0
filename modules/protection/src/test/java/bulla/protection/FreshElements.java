package bulla.protection;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Every run of tests begins without what one before it built in the same Java machine. Mutation
 * testing makes a run of each test: what one change of the engine built must not judge the next.
 */
public final class FreshElements implements TestExecutionListener {
  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Keys.forgetElements();
    TableMemory.shared = null;
  }
}
