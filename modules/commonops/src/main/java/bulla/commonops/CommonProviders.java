package bulla.commonops;

import bulla.commonops.authentication.AnswerFilter;
import bulla.commonops.authentication.AuthenticationFilter;
import bulla.commonops.authentication.PermissionFilter;
import bulla.commonops.http.BodyLimit;
import bulla.commonops.http.JsonBody;
import bulla.commonops.http.UntaggedPrecondition;
import bulla.commonops.http.WellFormedHeaders;
import bulla.commonops.metrics.RequestTimer;
import bulla.commonops.problem.ProblemMapper;
import bulla.commonops.problem.ViolationMapper;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JAX-RS providers that every API registers beside its resources. */
public final class CommonProviders {
  private static final Set<Class<?>> PROVIDERS =
      Set.of(
          RequestTimer.class,
          AuthenticationFilter.class,
          PermissionFilter.class,
          AnswerFilter.class,
          WellFormedHeaders.class,
          UntaggedPrecondition.class,
          BodyLimit.class,
          JsonBody.class,
          ProblemMapper.class,
          ViolationMapper.class);

  private CommonProviders() {}

  /** The classes of an API: {@code own} and the common providers. */
  public static Set<Class<?>> with(Class<?>... own) {
    return Stream.concat(Stream.of(own), PROVIDERS.stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
