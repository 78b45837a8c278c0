package bulla.protection;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Every test begins without what those before it built in the same Java machine. So it is on the
 * class path alone, where mutation testing runs the tests: what one change of the engine built must
 * not judge the next, and a test must be known to need whatever it cannot do without. On the module
 * path, where all other runs are, the file that names this class is not read, and the tests share
 * what takes long to build.
 */
public final class FreshElements implements TestExecutionListener {
  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    forget();
  }

  // When a test is said to begin, its instance may be there already.
  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    forget();
  }

  private static void forget() {
    Keys.forgetElements();
    TableMemory.shared = null;
    Scratch.OWN.remove();
    Ff1Lanes.OWN.remove();
  }
}
