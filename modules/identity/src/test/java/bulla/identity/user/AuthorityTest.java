package bulla.identity.user;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.authentication.Permission;
import bulla.commonops.problem.Problem;
import bulla.identity.permission.PublishedPermission;
import bulla.identity.permission.PublishedRole;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.GrantedRole;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorityTest {
  static Stream<Arguments> pairs() {
    return Arrays.stream(PublishedRole.values())
        .flatMap(
            caller ->
                Arrays.stream(PublishedRole.values()).map(other -> Arguments.of(caller, other)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aHolderOfARoleActsForAnotherWithinItsOwnPermissionsAlone(
      PublishedRole caller, PublishedRole other) {
    Set<String> own = PublishedPermission.flatten(caller.permissions());
    var missing = new TreeSet<>(PublishedPermission.flatten(other.permissions()));
    missing.removeAll(own);
    ThrowingCallable act = () -> new Authority(own::contains).require(List.of(granted(other)));

    if (own.contains("role_admin") || missing.isEmpty()) {
      assertThatCode(act).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(act)
          .isInstanceOf(Problem.class)
          .hasMessageContaining(String.join(", ", missing));
    }
  }

  @Test
  void ofSeveralRolesEachCounts() {
    var own = PublishedPermission.flatten(PublishedRole.WORKBENCH_VIEWER.permissions());
    var authority = new Authority(own::contains);
    assertThatCode(() -> authority.require(List.of(granted(PublishedRole.WORKBENCH_VIEWER))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                authority.require(
                    List.of(
                        granted(PublishedRole.WORKBENCH_VIEWER),
                        granted(PublishedRole.POLICY_USER))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                org.assertj.core.api.Assertions.assertThat(problem.type())
                    .isEqualTo(IdentityProblem.BEYOND_OWN_PERMISSIONS));
  }

  @Test
  void whoMayOnlyReadRolesGivesNoneAway() {
    var authority = new Authority(Set.of(Permission.USER_WRITE, Permission.ROLE_READ)::contains);
    for (PublishedRole role : PublishedRole.values()) {
      assertThatThrownBy(() -> authority.require(List.of(granted(role))))
          .isInstanceOf(Problem.class);
    }
  }

  private static GrantedRole granted(PublishedRole role) {
    return new GrantedRole(
        role.publishedName(),
        role.publishedName(),
        PublishedPermission.flatten(role.permissions()));
  }
}
