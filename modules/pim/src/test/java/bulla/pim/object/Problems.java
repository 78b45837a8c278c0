package bulla.pim.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts on problems. */
public final class Problems {
  private Problems() {}

  /** The problem that {@code call} throws, which is of this type. */
  public static Problem problem(ProblemType type, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(Problem.class);
    assertThat(((Problem) thrown).type()).isEqualTo(type);
    return (Problem) thrown;
  }
}
