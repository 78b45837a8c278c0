package bulla.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.group.StoredGroups;
import bulla.identity.permission.PublishedPermission;
import bulla.identity.permission.PublishedRole;
import bulla.identity.role.StoredRoles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EffectiveRolesTest {
  @Property
  void everyRoleHasASourceAndNoSourceIsLeftOut(
      @ForAll("roles") Set<String> own, @ForAll("groups") List<UserGroup> groups) {
    Set<String> effective = EffectiveRoles.ids(own, groups);
    assertThat(effective).containsAll(own);
    groups.forEach(group -> assertThat(effective).containsAll(group.roleIds()));
    assertThat(effective)
        .allSatisfy(
            role ->
                assertThat(
                        own.contains(role)
                            || groups.stream().anyMatch(group -> group.roleIds().contains(role)))
                    .isTrue());
  }

  @Property
  void leavingAGroupTakesExactlyWhatNothingElseGives(
      @ForAll("roles") Set<String> own,
      @ForAll("groups") List<UserGroup> groups,
      @ForAll("roles") Set<String> ofTheGroupLeft) {
    var before = new ArrayList<>(groups);
    before.add(new UserGroup("left", "left", ofTheGroupLeft));
    var lost = new HashSet<>(EffectiveRoles.ids(own, before));
    lost.removeAll(EffectiveRoles.ids(own, groups));
    var expected = new HashSet<>(ofTheGroupLeft);
    expected.removeAll(own);
    groups.forEach(group -> expected.removeAll(group.roleIds()));
    assertThat(lost).isEqualTo(expected);
  }

  @Property
  void theOrderOfGroupsDoesNotMatter(
      @ForAll("roles") Set<String> own,
      @ForAll("groups") List<UserGroup> groups,
      @ForAll Random random) {
    var shuffled = new ArrayList<>(groups);
    Collections.shuffle(shuffled, random);
    assertThat(EffectiveRoles.ids(own, shuffled)).isEqualTo(EffectiveRoles.ids(own, groups));
  }

  /** Against the real tables, from the API's names to the permissions of a login. */
  @Property(tries = 15)
  void aLoginHasThePermissionsOfAllItsRolesAndNoOther(
      @ForAll("roleNames") Set<String> own, @ForAll("groupsByName") List<Set<String>> groups) {
    try (var database = new IdentityDatabase()) {
      var journal = new RecordedJournal().forChanges();
      Account account =
          database.transaction(
              entityManager -> {
                StoredRoles.install(entityManager);
                StoredUsers.create(
                    entityManager, journal, "admin", null, "directory_administrator");
                String id =
                    StoredUsers.create(
                        entityManager, journal, "alpha", null, own.toArray(String[]::new));
                for (int i = 0; i < groups.size(); i++) {
                  StoredGroups.create(
                      entityManager,
                      journal,
                      "g" + i,
                      List.of("alpha"),
                      List.copyOf(groups.get(i)));
                }
                entityManager.clear();
                return StoredUsers.accounts(entityManager, journal).withId(id).orElseThrow();
              });
      var names = new HashSet<>(own);
      groups.forEach(names::addAll);
      var permissions = new HashSet<String>();
      names.forEach(
          name -> permissions.addAll(PublishedRole.find(name).orElseThrow().permissions()));
      assertThat(account.roles()).isEqualTo(names);
      assertThat(account.permissions()).isEqualTo(PublishedPermission.flatten(permissions));
    }
  }

  @Provide
  Arbitrary<Set<String>> roles() {
    return Arbitraries.strings().withCharRange('a', 'f').ofLength(1).set().ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<UserGroup>> groups() {
    return Combinators.combine(Arbitraries.integers().between(0, 3), roles())
        .as((number, roles) -> new UserGroup("g" + number, "g" + number, roles))
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Set<String>> roleNames() {
    return Arbitraries.of(PublishedRole.values())
        .map(PublishedRole::publishedName)
        .set()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Set<String>>> groupsByName() {
    return Arbitraries.of(PublishedRole.values())
        .map(PublishedRole::publishedName)
        .set()
        .ofMaxSize(3)
        .list()
        .ofMaxSize(3);
  }
}
