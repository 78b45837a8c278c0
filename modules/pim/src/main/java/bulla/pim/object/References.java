package bulla.pim.object;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;

/** Keeps objects from being deleted while others refer to them. */
@Dependent
public class References {
  private final Iterable<Referrer> referrers;

  @Inject
  References(@Any Instance<Referrer> referrers) {
    this((Iterable<Referrer>) referrers);
  }

  /** Asks these. */
  public References(Iterable<Referrer> referrers) {
    this.referrers = referrers;
  }

  /**
   * Makes sure that nothing refers to an object that is to be deleted.
   *
   * @throws bulla.commonops.problem.Problem 409 naming the referrer
   */
  public void requireNone(ObjectType type, PolicyObject object) {
    for (Referrer referrer : referrers) {
      Optional<String> user = referrer.referrerTo(type, object.id());
      if (user.isPresent()) {
        throw PimProblem.IN_USE.because(
            type.label() + " '" + object.uid() + "' is used by " + user.get());
      }
    }
  }
}
