package bulla.pim.deployment;

import static bulla.pim.object.Problems.problem;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.caller.Caller;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.PimOnDerby;
import bulla.pim.alphabet.Alphabets;
import bulla.pim.application.Applications;
import bulla.pim.dataelement.DataElements;
import bulla.pim.dataelement.ElementKeyState;
import bulla.pim.dataelement.ElementKeyView;
import bulla.pim.datastore.DataStores;
import bulla.pim.datastore.KeyedStore;
import bulla.pim.datastore.StoreDefinition;
import bulla.pim.mask.Masks;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.RecordedRemovals;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.MemberType;
import bulla.pim.role.MemberView;
import bulla.pim.role.RoleDefinition;
import bulla.pim.role.RoleMode;
import bulla.pim.role.Roles;
import bulla.pim.source.MemberSources;
import bulla.pim.source.SourceContent;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AlphaNumericToken;
import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import bulla.secrets.SecretBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentServiceTest {
  private static final String ADDRESS = "192.0.2.7";
  private static final ExportKey EXPORT_KEY =
      ExportKey.parse("RSA-OAEP-256", PimOnDerby.publicKey());

  private final Definitions now = new Definitions();
  private final InMemoryDeployments repository = new InMemoryDeployments();
  private final RecordedChanges changes = new RecordedChanges();
  private final RecordedRemovals removals = new RecordedRemovals();
  private final DeploymentService service =
      new DeploymentService(
          repository,
          now.stores(),
          now.policies(),
          now.roles(),
          now.elements(),
          now.masks(),
          now.alphabets(),
          now.applications(),
          () -> text -> Integer.toHexString(text.hashCode()),
          changes,
          removals,
          new Caller());

  @BeforeEach
  void twoPoliciesOnTheSameElements() {
    now.element(new DataElement("1", "card", new AlphaNumericToken(null, null, null, null, null)));
    now.element(new DataElement("2", "city", new NoEnc("2")));
    now.element(new DataElement("3", "unused", new Aes256GcmEnc()));
    now.mask(new PolicyMask("1", "last 4", new Mask(0, 4, false, "*")));
    now.mask(new PolicyMask("2", "first 2", new Mask(2, 0, true, "*")));
    now.mask(new PolicyMask("3", "unused", new Mask(9, 0, true, "*")));
    now.source("1", List.of("anna", "Bob"), Map.of("Staff", List.of("carol", "bob", "anna")));
    now.role("1", "support", List.of(user("ANNA"), group("staff")));
    now.role("2", "fraud", List.of(user("bob")));
    now.role("3", "unused", List.of(user("bob")));
    now.rule(1, rule("2", "1", "0"));
    now.rule(1, rule("1", "1", "1"));
    now.rule(2, rule("1", "2", null));
    now.policies.putIfAbsent(3L, new ArrayList<>());
  }

  private PolicySnapshot snapshot() {
    try (DeployedContent content =
        service.open(service.get(EXPORT_KEY.fingerprint())).orElseThrow()) {
      return content.snapshot();
    }
  }

  @Test
  void aSnapshotHasAllThatTheRulesNeedAndNothingElse() {
    deploy("1", new DeployStore(List.of("2", "1"), List.of()));
    PolicySnapshot snapshot = snapshot();
    assertThat(snapshot.dataElements())
        .extracting(DataElement::name)
        .containsExactly("card", "city");
    assertThat(snapshot.masks()).extracting(PolicyMask::uid).containsExactly("1", "2");
    assertThat(snapshot.roles())
        .containsExactly(
            new PolicyRole("1", "support", false, List.of("anna", "bob", "carol")),
            new PolicyRole("2", "fraud", false, List.of("Bob")));
    assertThat(snapshot.rules())
        .containsExactly(rule("1", "1", "1"), rule("1", "2", null), rule("2", "1", "0"));
  }

  @Test
  void revisionsCountPerStoreAndTheSnapshotStaysAsItWas() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    deploy("2", new DeployStore(List.of(), null));
    now.rule(1, rule("1", "2", null));
    assertThat(snapshot().rules()).hasSize(2);
    StoreDeployment second = deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.state()).isEqualTo(DeployState.DEPLOYED);
    assertThat(service.get(EXPORT_KEY.fingerprint()).revision()).isEqualTo(2);
    assertThat(snapshot().rules()).hasSize(3);
    assertThat(changes.records())
        .containsExactly(
            "begin",
            "DEPLOY datastores 1",
            "begin",
            "DEPLOY datastores 2",
            "begin",
            "DEPLOY datastores 1");
    assertThat(changes.details()).containsExactly("revision 1", "revision 1", "revision 2");
  }

  @Test
  void theStateBeforeADeployIsTheOneAfterTheDeployBeforeIt() {
    now.application(new Application("7", "etl", "com.example.*", "batch"));
    StoreDeployment never = status().dataStores().get(0);
    deploy("1", new DeployStore(List.of("2", "1"), List.of("7")));
    StoreDeployment first = status().dataStores().get(0);
    assertThat(changes.last().before()).isEqualTo(never);
    assertThat(changes.last().after()).isEqualTo(first);
    now.rule(1, rule("1", "2", null));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(changes.last().before()).isEqualTo(first);
    assertThat(changes.last().after()).isEqualTo(status().dataStores().get(0));
  }

  @Test
  void theBodyIsTheWholeEndState() {
    deploy("1", new DeployStore(List.of("1", "2"), List.of()));
    var meant =
        problem(CommonProblem.INVALID_VALUE, () -> deploy("1", new DeployStore(null, null)));
    assertThat(meant.member()).contains("policies");
    assertThat(status().dataStores().get(0).policies()).hasSize(2);
    deploy("1", new DeployStore(null, List.of()));
    assertThat(status().dataStores().get(0).policies()).isEmpty();
    assertThat(snapshot())
        .isEqualTo(new PolicySnapshot(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void aStoreIsPendingUntilWhatIsDeployedIsWhatIsDefined() {
    assertThat(states()).containsExactly(DeployState.PENDING, DeployState.PENDING);
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(states()).containsExactly(DeployState.DEPLOYED, DeployState.PENDING);
    now.rule(2, rule("2", "2", null));
    assertThat(states()).as("another policy").startsWith(DeployState.DEPLOYED);
    Rule added = rule("1", "2", null);
    now.rule(1, added);
    assertThat(states()).startsWith(DeployState.PENDING);
    now.policies.get(1L).remove(added);
    assertThat(states()).startsWith(DeployState.DEPLOYED);
    now.source("1", List.of("anna", "bob"), Map.of("Staff", List.of("carol")));
    assertThat(states()).startsWith(DeployState.PENDING);
    now.sources.clear();
    assertThat(states()).as("the source is gone").startsWith(DeployState.PENDING);
  }

  @Test
  void aManualRoleIsComparedWithItsSourcesAndNothingIsDeployed() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    now.source("1", List.of("anna", "Bob"), Map.of("Staff", List.of("carol", "dave")));
    RoleSynchronization found = synchronize("1");
    assertThat(found)
        .isEqualTo(
            new RoleSynchronization(
                "1",
                RoleMode.MANUAL,
                3,
                List.of(),
                List.of(new RoleSynchronization.SynchronizedStore("1", 1, 1, false, 1))));
    assertThat(service.get(EXPORT_KEY.fingerprint()).revision()).isEqualTo(1);
    assertThat(changes.records()).endsWith("begin", "SYNCHRONIZE roles 1");
    assertThat(changes.details())
        .endsWith("3 users, 0 members missing; data store 1: 1 added, 1 removed");
  }

  @Test
  void aRoleThatDeploysChangesItsUsersAndNothingElse() {
    now.role("1", "support", RoleMode.SEMIAUTOMATIC, List.of(group("staff"), group("gone")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    deploy("2", new DeployStore(List.of("2"), List.of()));
    assertThat(synchronize("1").dataStores())
        .containsExactly(
            new RoleSynchronization.SynchronizedStore("1", 0, 0, false, 1),
            new RoleSynchronization.SynchronizedStore("2", 0, 0, false, 1));
    List<Rule> rules = snapshot().rules();
    now.rule(1, rule("1", "2", null));
    now.source("1", List.of("anna", "Bob"), Map.of("Staff", List.of("carol", "dave")));
    RoleSynchronization found = synchronize("1");
    assertThat(found.missing()).containsExactly("gone");
    assertThat(found.dataStores())
        .containsExactly(
            new RoleSynchronization.SynchronizedStore("1", 1, 2, true, 2),
            new RoleSynchronization.SynchronizedStore("2", 1, 2, true, 2));
    assertThat(service.get(EXPORT_KEY.fingerprint()).revision()).isEqualTo(2);
    PolicySnapshot deployed = snapshot();
    assertThat(deployed.roles().get(0).users()).containsExactly("carol", "dave");
    assertThat(deployed.rules()).as("an edit that was not deployed").isEqualTo(rules);
    assertThat(states()).containsExactly(DeployState.PENDING, DeployState.DEPLOYED);
    assertThat(changes.records())
        .endsWith("begin", "DEPLOY datastores 1", "DEPLOY datastores 2", "SYNCHRONIZE roles 1");
    assertThat(synchronize("3").dataStores()).as("not deployed").isEmpty();
    problem(PimProblem.OBJECT_NOT_FOUND, () -> synchronize("9"));
  }

  @Test
  void membersThatCameWhileTheSourcesWereReadAreAReasonToReadAgain() {
    var read = new ReadSources(now.read(Map.of(), MemberSources.LONGEST), Map.of(), Map.of());
    now.role("1", "support", List.of(user("ANNA"), new MemberView("x", "9", MemberType.USER, "2")));
    var wanted = new DeployStore(List.of("1"), List.of());
    for (Problem stale :
        List.of(
            problem(CommonProblem.CONFLICT, () -> service.synchronize("1", read)),
            problem(CommonProblem.CONFLICT, () -> service.deploy("1", wanted, read)))) {
      assertThat(stale.retryAfterSeconds()).isPositive();
    }
    assertThat(repository.deployments).isEmpty();
  }

  private RoleSynchronization synchronize(String uid) {
    return new RoleSynchronizing(now.roles(), sources(), service).synchronize(uid);
  }

  @Test
  void whoSynchronisesIsSettledByTheTable() {
    now.role("1", "support", RoleMode.AUTOMATIC, List.of(group("staff")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    var table = new InMemoryTime();
    AutomaticRoles automatic =
        new AutomaticRoles(
            now.roles(),
            new RoleSynchronizing(now.roles(), sources(), service),
            table,
            new Caller(),
            60,
            null);
    automatic.synchronizeIfDue(Instant.EPOCH);
    assertThat(table.next).isEqualTo(Instant.EPOCH.plusSeconds(3600));
    assertThat(changes.records()).endsWith("SYNCHRONIZE roles 1");
    int records = changes.records().size();
    automatic.synchronizeIfDue(Instant.EPOCH.plusSeconds(3599));
    assertThat(changes.records()).as("not due").hasSize(records);
    now.sources.clear();
    automatic.synchronizeIfDue(Instant.EPOCH.plusSeconds(3600));
    assertThat(changes.records()).as("the source is gone").hasSize(records);
    assertThat(table.next).isEqualTo(Instant.EPOCH.plusSeconds(7200));
  }

  @Test
  void whoeverHasLostTheSynchronisationStopsIt() {
    now.role("1", "support", RoleMode.AUTOMATIC, List.of(group("staff")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    int records = changes.records().size();
    Instant taken = Instant.EPOCH.plusSeconds(1);
    var table =
        new SynchronizationTable() {
          @Override
          public boolean take(Instant at, Duration lease) {
            return true;
          }

          @Override
          public boolean prolong(Instant said, Instant longer) {
            assertThat(said).as("what this server said").isAfter(taken);
            return false;
          }

          @Override
          public void end(Instant said, Instant to) {
            throw new AssertionError("It is another server's");
          }

          @Override
          public void bringForward(Instant latest) {
            throw new AssertionError("Nothing has been started");
          }
        };
    new AutomaticRoles(
            now.roles(),
            new RoleSynchronizing(now.roles(), sources(), service),
            table,
            new Caller(),
            60,
            null)
        .synchronizeIfDue(taken);
    assertThat(changes.records()).hasSize(records);
  }

  private static final class InMemoryTime implements SynchronizationTable {
    private Instant next = Instant.EPOCH;

    @Override
    public boolean take(Instant at, Duration lease) {
      boolean due = !next.isAfter(at);
      next = due ? at.plus(lease) : next;
      return due;
    }

    @Override
    public boolean prolong(Instant said, Instant longer) {
      boolean holds = next.equals(said);
      next = holds ? longer : next;
      return holds;
    }

    @Override
    public void end(Instant said, Instant to) {
      prolong(said, to);
    }

    @Override
    public void bringForward(Instant latest) {
      next = next.isAfter(latest) ? latest : next;
    }
  }

  @Test
  void anApplicationIsDeployedWithItsStore() {
    now.application(new Application("7", "etl", "com.example.*", "batch"));
    StoreDeployment deployed = deploy("1", new DeployStore(List.of("1"), List.of("7")));
    assertThat(deployed.applications()).containsExactly("7");
    assertThat(snapshot().applications())
        .containsExactly(new Application("7", "etl", "com.example.*", "batch"));
    assertThat(status().dataStores().get(0)).isEqualTo(deployedAsShown(deployed));
    assertThat(service.referrerTo(ObjectType.APPLICATION, 7))
        .contains("what is deployed to data store '1'");
    now.application(new Application("7", "etl", "com.example.?", "batch"));
    assertThat(states()).startsWith(DeployState.PENDING);
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(service.referrerTo(ObjectType.APPLICATION, 7)).isEmpty();
  }

  @Test
  void anApplicationBelongsToOneStore() {
    now.application(new Application("7", "etl", "com.example.*", "batch"));
    deploy("1", new DeployStore(List.of(), List.of("7")));
    var elsewhere =
        problem(
            PimProblem.APPLICATION_ELSEWHERE,
            () -> deploy("2", new DeployStore(List.of(), List.of("7"))));
    assertThat(elsewhere.detail())
        .isEqualTo(
            "Application '7' cannot be deployed to data store '2': it is deployed to data store"
                + " '1'");
    assertThat(elsewhere.member()).contains("applications");
    var twice =
        problem(PimProblem.APPLICATION_ELSEWHERE, () -> deploy(stores(List.of("7"), List.of("7"))));
    assertThat(twice.member()).contains("dataStores[1].applications");
    deploy(stores(List.of(), List.of("7")));
    assertThat(status().dataStores())
        .extracting(StoreDeployment::applications)
        .as("one request moves it")
        .containsExactly(List.of(), List.of("7"));
  }

  private static DeployStores stores(List<String> ofFirst, List<String> ofSecond) {
    return new DeployStores(
        List.of(
            new DeployStores.Named("1", List.of(), ofFirst),
            new DeployStores.Named("2", List.of(), ofSecond)));
  }

  private static StoreDeployment deployedAsShown(StoreDeployment deployed) {
    return new StoreDeployment(
        deployed.uid(),
        deployed.policies(),
        deployed.applications(),
        deployed.state(),
        deployed.revision(),
        deployed.deployedAt(),
        deployed.correlationId(),
        null,
        null);
  }

  @Test
  void theOrderInWhichDefinitionsCameAboutDoesNotMatter() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    Collections.reverse(now.policies.get(1L));
    now.source("1", List.of("Bob", "anna"), Map.of("Staff", List.of("anna", "carol", "bob")));
    assertThat(states()).startsWith(DeployState.DEPLOYED);
  }

  @Test
  void whoLeftTheSourceIsLeftOutWithAWarning() {
    now.source("1", List.of("anna"), Map.of());
    StoreDeployment deployed = deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(deployed.warnings())
        .contains(
            "Role 'support': members left out because their sources no longer have them (1):"
                + " 'staff'",
            "Role 'fraud': members left out because their sources no longer have them (1): 'bob'");
    assertThat(snapshot().roles())
        .extracting(PolicyRole::users)
        .containsExactly(List.of("anna"), List.of());
  }

  @Test
  void whatDoesNotExistIsNamedAndNothingIsDeployed() {
    var policy =
        problem(
            PimProblem.UNKNOWN_REFERENCE,
            () ->
                deploy(
                    new DeployStores(
                        List.of(
                            new DeployStores.Named("1", List.of("1"), List.of()),
                            new DeployStores.Named("2", List.of("1", "9"), List.of())))));
    assertThat(policy.detail()).isEqualTo("Policy '9' does not exist");
    assertThat(policy.member()).contains("dataStores[1].policies[1]");
    var application =
        problem(
            PimProblem.UNKNOWN_REFERENCE,
            () -> deploy("1", new DeployStore(List.of("1"), List.of("1"))));
    assertThat(application.detail()).isEqualTo("Application '1' does not exist");
    assertThat(application.member()).contains("applications[0]");
    assertThat(
            problem(
                    PimProblem.UNKNOWN_REFERENCE,
                    () ->
                        deploy(
                            new DeployStores(
                                List.of(new DeployStores.Named("9", List.of(), List.of())))))
                .member())
        .contains("dataStores[0].uid");
    problem(PimProblem.OBJECT_NOT_FOUND, () -> deploy("9", new DeployStore(null, null)));
    assertThat(repository.deployments).isEmpty();
  }

  @Test
  void nothingIsNamedTwice() {
    problem(PimProblem.REPEATED, () -> deploy("1", new DeployStore(List.of("1", "1"), List.of())));
    problem(
        PimProblem.REPEATED,
        () ->
            deploy(
                new DeployStores(
                    List.of(
                        new DeployStores.Named("1", List.of(), List.of()),
                        new DeployStores.Named("1", List.of(), List.of())))));
  }

  @Test
  void anUnknownFingerprintAndAStoreWithoutDeployAreToldApart() {
    problem(PimProblem.FINGERPRINT_NOT_FOUND, () -> service.get("00".repeat(32)));
    problem(PimProblem.NEVER_DEPLOYED, () -> service.get(EXPORT_KEY.fingerprint()));
    assertThat(service.find(EXPORT_KEY.fingerprint())).isEmpty();
    deploy("1", new DeployStore(List.of("1"), List.of()));
    DeployedStore store = service.find(EXPORT_KEY.fingerprint()).orElseThrow();
    assertThat(store.dataStoreName()).isEqualTo("DS1");
    assertThat(store.exportKey()).isEqualTo(EXPORT_KEY);
  }

  @Test
  void anAddressFindsWhatIsDeployedForIt() {
    problem(PimProblem.ADDRESS_NOT_IN_RANGE, () -> service.at("192.0.2.8", EXPORT_KEY));
    problem(PimProblem.NEVER_DEPLOYED, () -> service.at(ADDRESS, EXPORT_KEY));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    DeployedStore store = service.at(ADDRESS, EXPORT_KEY);
    assertThat(store.dataStoreName()).isEqualTo("DS1");
    assertThat(store.exportKey()).isEqualTo(EXPORT_KEY);
  }

  @Test
  void aSnapshotThatWasAlteredInTheDatabaseIsNotGivenOut() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    DeployedText stored = repository.snapshots.get(1L);
    for (DeployedText altered :
        List.of(
            new DeployedText(stored.snapshot().replace("anna", "eve"), stored.rulePolicies()),
            new DeployedText(stored.snapshot(), stored.rulePolicies().replace('1', '2')),
            new DeployedText(stored.snapshot(), null))) {
      repository.snapshots.put(1L, altered);
      assertThatThrownBy(this::snapshot).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aSnapshotThatWasMovedToAnotherRevisionIsNotGivenOut() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    deploy("1", new DeployStore(List.of(), List.of()));
    repository.snapshots.put(2L, repository.snapshots.get(1L));
    assertThatThrownBy(this::snapshot).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theKeysOfASnapshotAreThoseOfItsElements() {
    deploy("1", new DeployStore(List.of("1", "2"), List.of()));
    DeployedStore deployed = service.get(EXPORT_KEY.fingerprint());
    try (DeployedContent content = service.open(deployed).orElseThrow()) {
      assertThat(content.elementKeys()).containsOnlyKeys("1");
    }
    now.keys.clear();
    assertThatThrownBy(() -> service.open(deployed)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsDeployedAnewIsNoLongerOpenedAndItsPackagesAreRemoved() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    DeployedStore first = service.get(EXPORT_KEY.fingerprint());
    assertThat(service.holdCurrent(first)).isTrue();
    assertThat(changes.records()).endsWith("begin");
    deploy("1", new DeployStore(List.of("2"), List.of()));
    assertThat(service.open(first)).isEmpty();
    assertThat(service.holdCurrent(first)).isFalse();
    assertThat(service.holdCurrent(service.get(EXPORT_KEY.fingerprint()))).isTrue();
    assertThat(removals.records()).containsExactly("1 before 1", "1 before 2");
  }

  @Test
  void aKeyThatCameLaterIsPendingUntilTheNextDeploy() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    now.newest.put(3L, 5L);
    assertThat(states())
        .as("a key of an element that is not deployed")
        .startsWith(DeployState.DEPLOYED);
    now.newest.put(1L, 3L);
    assertThat(states()).startsWith(DeployState.DEPLOYED);
    now.newest.put(1L, 4L);
    assertThat(states()).startsWith(DeployState.PENDING);
  }

  @Test
  void aSynchronisationDeploysNoKeyThatCameLater() {
    now.role("1", "support", RoleMode.AUTOMATIC, List.of(group("staff")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    now.newestKeyId = 4;
    now.newest.put(1L, 4L);
    now.source("1", List.of("Bob"), Map.of("Staff", List.of("dave")));
    synchronize("1");
    assertThat(service.get(EXPORT_KEY.fingerprint()).revision()).isEqualTo(2);
    assertThat(repository.live(1).orElseThrow().lastKeyId()).isEqualTo(3);
    assertThat(states()).startsWith(DeployState.PENDING);
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(repository.live(1).orElseThrow().lastKeyId()).isEqualTo(4);
    assertThat(states()).startsWith(DeployState.DEPLOYED);
  }

  @Test
  void whatIsDeployedIsReferredTo() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(service.referrerTo(ObjectType.POLICY, 1))
        .contains("what is deployed to data store '1'");
    assertThat(service.referrerTo(ObjectType.POLICY, 2)).isEmpty();
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 1)).isPresent();
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 3)).isEmpty();
    assertThat(service.referrerTo(ObjectType.DATA_STORE, 1)).isPresent();
    deploy("1", new DeployStore(List.of(), List.of()));
    assertThat(service.referrerTo(ObjectType.POLICY, 1)).isEmpty();
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 1)).isEmpty();
    assertThat(service.referrerTo(ObjectType.DATA_STORE, 1)).isEmpty();
  }

  @Test
  void aRoleThatIsDeployedIsReferredTo() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(service.referrerTo(ObjectType.ROLE, 2))
        .contains("what is deployed to data store '1'");
    assertThat(service.referrerTo(ObjectType.ROLE, 3)).isEmpty();
    now.policies.get(1L).removeIf(rule -> rule.role().equals("2"));
    assertThat(service.referrerTo(ObjectType.ROLE, 2)).as("still in force").isPresent();
    deploy("1", new DeployStore(List.of("1"), List.of()));
    assertThat(service.referrerTo(ObjectType.ROLE, 2)).isEmpty();
  }

  @Test
  void aStoreIsKeptByAnApplicationAlone() {
    now.application(new Application("7", "etl", "com.example.*", "batch"));
    deploy("1", new DeployStore(List.of(), List.of("7")));
    assertThat(service.referrerTo(ObjectType.DATA_STORE, 1)).isPresent();
    deploy("1", new DeployStore(List.of(), List.of()));
    assertThat(service.referrerTo(ObjectType.DATA_STORE, 1)).isEmpty();
  }

  @Test
  void ofADeployFromBeforeThereWereListsTheSnapshotTells() {
    deploy("1", new DeployStore(List.of("1"), List.of()));
    var text = new DeployedText(repository.snapshots.get(1L).snapshot(), null);
    var old =
        new Deployment(
            1, 2, Instant.EPOCH, "x", Integer.toHexString(text.sealed(1, 2).hashCode()), 3, false);
    repository.add(old, new DeployedParts(List.of(1L), List.of(), List.of(), List.of()), text);
    assertThat(states()).startsWith(DeployState.DEPLOYED);
    assertThat(service.referrerTo(ObjectType.ROLE, 1)).isPresent();
    assertThat(service.referrerTo(ObjectType.ROLE, 3)).isEmpty();
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 2)).isEmpty();
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 1)).isPresent();
    assertThat(service.all().get(0).rulePolicies())
        .as("of one policy it is plain")
        .containsExactly("1", "1");
  }

  @Test
  void whatIsDeployedKnowsThePolicyOfEachRule() {
    now.rule(2, rule("1", "1", "1"));
    deploy("1", new DeployStore(List.of("1", "2"), List.of()));
    LivePolicy live = service.all().get(0);
    assertThat(live.snapshot().rules())
        .containsExactly(
            rule("1", "1", "1"), rule("1", "1", "1"), rule("1", "2", null), rule("2", "1", "0"));
    assertThat(live.rulePolicies()).containsExactly("1", "2", "2", "1");
  }

  @Test
  void whatChangesWhileItIsReadIsPending() {
    now.application(new Application("7", "etl", "com.example.*", "batch"));
    deploy("1", new DeployStore(List.of("1"), List.of("7")));
    now.applications.clear();
    assertThat(status().dataStores().get(0).state()).isEqualTo(DeployState.PENDING);
    assertThat(status().dataStores().get(0).reason()).contains("changed while it was read");
    deploy("1", new DeployStore(List.of("1"), List.of()));
    now.elements.remove(1L);
    assertThat(status().dataStores().get(0).state()).isEqualTo(DeployState.PENDING);
    assertThat(status().dataStores().get(0).reason()).contains("changed while it was read");
  }

  @Test
  void aSourceThatIsAwayLeavesTheOthersTold() {
    now.source("2", List.of("eve"), Map.of());
    now.role("2", "fraud", List.of(new MemberView("eve", "9", MemberType.USER, "2")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    deploy("2", new DeployStore(List.of("2"), List.of()));
    now.sources.remove("2");
    assertThat(states()).containsExactly(DeployState.PENDING, DeployState.DEPLOYED);
    assertThat(status().dataStores())
        .extracting(StoreDeployment::reason)
        .containsExactly("The file is gone", null);
  }

  @Test
  void anOlderReadingDoesNotUndoANewerDeploy() {
    ReadSources older = sources().read(List.of("1"));
    now.source("1", List.of("Bob"), Map.of());
    deploy("1", new DeployStore(List.of("1"), List.of()));
    problem(
        CommonProblem.CONFLICT,
        () -> service.deploy("1", new DeployStore(List.of("1"), List.of()), older));
    service.deploy("2", new DeployStore(List.of("1"), List.of()), older);
    now.role("1", "support", RoleMode.AUTOMATIC, List.of(group("staff")));
    problem(CommonProblem.CONFLICT, () -> service.synchronize("1", older));
  }

  @Test
  void whatIsWrongWithTheRequestItselfIsToldBeforeAnySourceIsRead() {
    now.application(new Application("7", "etl", "com.example.*", "batch"));
    deploy("2", new DeployStore(List.of(), List.of("7")));
    now.allowed.clear();
    now.sources.clear();
    List<String> one = List.of("1");
    var store = new StoreDeployResource(service, sources());
    problem(PimProblem.OBJECT_NOT_FOUND, () -> store.deploy("9", new DeployStore(one, List.of())));
    problem(
        PimProblem.UNKNOWN_REFERENCE,
        () -> store.deploy("1", new DeployStore(List.of("1", "9"), List.of())));
    problem(
        PimProblem.REPEATED,
        () -> store.deploy("1", new DeployStore(List.of("1", "1"), List.of())));
    problem(
        PimProblem.APPLICATION_ELSEWHERE,
        () -> store.deploy("1", new DeployStore(one, List.of("7"))));
    var several = new DeployResource(service, sources());
    problem(PimProblem.UNKNOWN_REFERENCE, () -> several.deploy(named("9", one, List.of())));
    problem(PimProblem.APPLICATION_ELSEWHERE, () -> several.deploy(named("1", one, List.of("7"))));
    assertThat(now.allowed).isEmpty();
    problem(
        PimProblem.SOURCE_UNAVAILABLE, () -> store.deploy("1", new DeployStore(one, List.of())));
    assertThat(now.allowed).hasSize(1);
  }

  private static DeployStores named(
      String store, List<String> policies, List<String> applications) {
    return new DeployStores(List.of(new DeployStores.Named(store, policies, applications)));
  }

  @Test
  void allSourcesTogetherHaveOneDeadline() {
    now.source("2", List.of("eve"), Map.of());
    now.role("2", "fraud", List.of(new MemberView("eve", "9", MemberType.USER, "2")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    now.allowed.clear();
    status();
    assertThat(now.allowed).hasSize(2);
    assertThat(now.allowed.get(0)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(now.allowed.get(1)).isLessThan(now.allowed.get(0));
  }

  @Test
  void whoIsOvertakenWhileSourcesAreReadSynchronisesOnceMore() {
    now.role("1", "support", RoleMode.AUTOMATIC, List.of(group("staff")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    Map<String, SourceContent> former = Map.copyOf(now.sources);
    now.source("1", List.of("Bob"), Map.of("Staff", List.of("dave")));
    var synchronizing = new RoleSynchronizing(now.roles(), sources(), service);
    now.allowed.clear();
    now.duringReading =
        () -> {
          if (now.allowed.size() < 3) {
            deployMeanwhile(former);
          }
        };
    assertThat(synchronizing.synchronize("1").dataStores())
        .extracting(RoleSynchronization.SynchronizedStore::revision)
        .containsExactly(4L);
    assertThat(now.allowed).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());

    now.allowed.clear();
    now.duringReading = () -> deployMeanwhile(former);
    problem(CommonProblem.CONFLICT, () -> synchronizing.synchronize("1"));
    assertThat(now.allowed).hasSize(3);
  }

  @Test
  void whoIsOvertakenTooLateForAnotherAttemptIsToldThat() {
    now.role("1", "support", RoleMode.AUTOMATIC, List.of(group("staff")));
    deploy("1", new DeployStore(List.of("1"), List.of()));
    Map<String, SourceContent> former = Map.copyOf(now.sources);
    now.source("1", List.of("Bob"), Map.of("Staff", List.of("dave")));
    var nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    for (long seconds : new long[] {21, 31}) {
      now.allowed.clear();
      now.duringReading =
          () -> {
            nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
            deployMeanwhile(former);
          };
      var synchronizing = new RoleSynchronizing(now.roles(), sources(), service, nanoTime::get);
      problem(CommonProblem.CONFLICT, () -> synchronizing.synchronize("1"));
      assertThat(now.allowed).hasSize(seconds == 21 ? 2 : 1);
    }
  }

  private void deployMeanwhile(Map<String, SourceContent> contents) {
    Map<Long, Long> revisions =
        repository.live().stream().collect(toMap(Deployment::dataStoreId, Deployment::revision));
    service.deploy(
        "1",
        new DeployStore(List.of("1"), List.of()),
        new ReadSources(contents, Map.of(), revisions));
  }

  /**
   * Whoever reads of a data store waits from when its rows are written until the deploy is over.
   */
  @Test
  void nothingIsStoredBeforeAllIsMade() {
    ReadSources none = ReadSources.NONE;
    var wanted =
        new DeployStores(
            List.of(
                new DeployStores.Named("1", List.of("3"), List.of()),
                new DeployStores.Named("2", List.of("1"), List.of())));
    problem(CommonProblem.CONFLICT, () -> service.deploy(wanted, none));
    assertThat(repository.deployments).isEmpty();
    assertThat(changes.records()).containsExactly("begin");
  }

  private StoreDeployment deploy(String store, DeployStore wanted) {
    return service.deploy(store, wanted, sources().read(wanted.policies()));
  }

  private StoreDeployments deploy(DeployStores wanted) {
    return service.deploy(wanted, sources().read(wanted.policies()));
  }

  private StoreDeployments status() {
    return service.status(sources().tryToRead(service.deployedPolicies()));
  }

  private SourcesForDeploy sources() {
    return new SourcesForDeploy(now.policies(), now.roles(), now::read, service);
  }

  private List<DeployState> states() {
    return status().dataStores().stream().map(StoreDeployment::state).toList();
  }

  private static Rule rule(String role, String element, String mask) {
    return new Rule(
        role,
        element,
        mask,
        NoAccessOperation.NULL_VALUE,
        new RulePermission(Permissions.ALL, AuditFlags.NONE));
  }

  private static MemberView user(String name) {
    return new MemberView(name, "1", MemberType.USER, "1");
  }

  private static MemberView group(String name) {
    return new MemberView(name, "1", MemberType.GROUP, "1");
  }

  /** What is defined at the moment, which a test changes as it goes. */
  private static final class Definitions {
    private final Map<Long, DataElement> elements = new TreeMap<>();
    private final Map<Long, PolicyMask> masks = new TreeMap<>();
    private final Map<Long, Application> applications = new TreeMap<>();
    private final Map<Long, RoleDefinition> roles = new TreeMap<>();
    private final Map<Long, List<Rule>> policies = new HashMap<>();
    private final Map<String, SourceContent> sources = new HashMap<>();

    /** How long each reading of sources was allowed to take. */
    private final List<Duration> allowed = new ArrayList<>();

    /** What others do while sources are read. */
    private Runnable duringReading = () -> {};

    private final Set<Long> keys = new HashSet<>(Set.of(1L, 3L));
    private final Map<Long, Long> newest = new HashMap<>();
    private long newestKeyId = 3;

    void element(DataElement element) {
      elements.put(Long.valueOf(element.uid()), element);
    }

    void application(Application application) {
      applications.put(Long.valueOf(application.uid()), application);
    }

    void mask(PolicyMask mask) {
      masks.put(Long.valueOf(mask.uid()), mask);
    }

    void role(String uid, String name, List<MemberView> members) {
      role(uid, name, RoleMode.MANUAL, members);
    }

    void role(String uid, String name, RoleMode mode, List<MemberView> members) {
      roles.put(
          Long.valueOf(uid),
          new RoleDefinition(Long.parseLong(uid), uid, name, mode, false, members));
    }

    void rule(long policy, Rule rule) {
      policies.computeIfAbsent(policy, none -> new ArrayList<>()).add(rule);
    }

    void source(String uid, List<String> users, Map<String, List<String>> groups) {
      sources.put(uid, SourceContent.of(users, groups));
    }

    Map<String, SourceContent> read(Map<String, Set<String>> groups, Duration atMost) {
      allowed.add(atMost);
      duringReading.run();
      long begun = System.nanoTime();
      while (System.nanoTime() == begun) {
        // Reading takes time.
        Thread.onSpinWait();
      }
      if (!sources.keySet().containsAll(groups.keySet())) {
        throw PimProblem.SOURCE_UNAVAILABLE.because("The file is gone");
      }
      return Map.copyOf(sources);
    }

    DataStores stores() {
      return new DataStores() {
        @Override
        public StoreDefinition pathNamed(String uid) {
          return all().stream()
              .filter(store -> store.uid().equals(uid))
              .findFirst()
              .orElseThrow(() -> ObjectType.DATA_STORE.notFound(uid));
        }

        @Override
        public StoreDefinition referenced(String uid, String member) {
          return all().stream()
              .filter(store -> store.uid().equals(uid))
              .findFirst()
              .orElseThrow(() -> ObjectType.DATA_STORE.unknown(uid, member));
        }

        @Override
        public List<StoreDefinition> all() {
          return List.of(new StoreDefinition(1, "1", "DS1"), new StoreDefinition(2, "2", "DS2"));
        }

        @Override
        public Optional<KeyedStore> withExportKey(String fingerprint) {
          return fingerprint.equals(EXPORT_KEY.fingerprint())
              ? Optional.of(new KeyedStore(all().get(0), EXPORT_KEY))
              : Optional.empty();
        }

        @Override
        public Optional<StoreDefinition> withAddress(String address) {
          return address.equals(ADDRESS) ? Optional.of(all().get(0)) : Optional.empty();
        }
      };
    }

    private static List<Long> referenced(
        ObjectType type, Set<Long> existing, List<String> uids, String list) {
      Set<Long> named = new TreeSet<>();
      for (int i = 0; i < uids.size(); i++) {
        long id = Long.parseLong(uids.get(i));
        if (!existing.contains(id)) {
          throw type.unknown(uids.get(i), list + "[" + i + "]");
        }
        if (!named.add(id)) {
          throw PimProblem.REPEATED.because("Twice", list + "[" + i + "]");
        }
      }
      return List.copyOf(named);
    }

    Policies policies() {
      return new Policies() {
        @Override
        public List<Long> allReferenced(List<String> uids, String list) {
          return referenced(ObjectType.POLICY, policies.keySet(), uids, list);
        }

        @Override
        public Map<Long, String> names(Collection<Long> ids) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Set<Long> roles(Collection<Long> ids) {
          return rules(ids).values().stream()
              .flatMap(List::stream)
              .map(rule -> Long.valueOf(rule.role()))
              .collect(toSet());
        }

        @Override
        public Map<Long, List<Rule>> rules(Collection<Long> ids) {
          Map<Long, List<Rule>> found = new HashMap<>(policies);
          found.keySet().retainAll(ids);
          return found;
        }
      };
    }

    Roles roles() {
      return new Roles() {
        @Override
        public long referenced(String uid, String member) {
          throw new UnsupportedOperationException();
        }

        @Override
        public long pathNamed(String uid) {
          long id = Uid.number(uid).orElse(0);
          if (!roles.containsKey(id)) {
            throw ObjectType.ROLE.notFound(uid);
          }
          return id;
        }

        @Override
        public List<String> automatic() {
          return roles.values().stream()
              .filter(role -> role.mode() == RoleMode.AUTOMATIC)
              .map(RoleDefinition::uid)
              .toList();
        }

        @Override
        public List<RoleDefinition> definitions(Collection<Long> ids) {
          return roles.values().stream().filter(role -> ids.contains(role.id())).toList();
        }
      };
    }

    DataElements elements() {
      return new DataElements() {
        @Override
        public DataElement referenced(String uid, String member) {
          throw new UnsupportedOperationException();
        }

        @Override
        public List<DataElement> definitions(Collection<Long> ids) {
          return ids.stream().sorted().map(elements::get).filter(Objects::nonNull).toList();
        }

        @Override
        public Map<Long, Long> newestKeys(Collection<Long> ids) {
          return ids.stream().filter(newest::containsKey).collect(toMap(id -> id, newest::get));
        }

        @Override
        public int protectingKey(long id, long lastKeyId) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ElementKeyView changeKey(String uid, String keyId, ElementKeyState wanted) {
          throw new UnsupportedOperationException();
        }

        @Override
        public long newestKeyId() {
          return newestKeyId;
        }

        @Override
        public Map<String, ElementKeys> openKeys(Collection<Long> ids, long lastKeyId) {
          Map<String, ElementKeys> opened = new HashMap<>();
          ids.stream()
              .filter(keys::contains)
              .filter(id -> newest.getOrDefault(id, id) <= lastKeyId)
              .forEach(id -> opened.put(Uid.of(id), ElementKeys.of(SecretBytes.random(32))));
          return opened;
        }
      };
    }

    Applications applications() {
      return new Applications() {
        @Override
        public List<Long> allReferenced(List<String> uids, String list) {
          return referenced(ObjectType.APPLICATION, applications.keySet(), uids, list);
        }

        @Override
        public List<Application> definitions(Collection<Long> ids) {
          return ids.stream().sorted().map(applications::get).filter(Objects::nonNull).toList();
        }
      };
    }

    Masks masks() {
      return new Masks() {
        @Override
        public long referenced(String uid, String member) {
          throw new UnsupportedOperationException();
        }

        @Override
        public List<PolicyMask> definitions(Collection<Long> ids) {
          return ids.stream().sorted().map(masks::get).toList();
        }
      };
    }

    Alphabets alphabets() {
      return new Alphabets() {
        @Override
        public PolicyAlphabet referenced(String uid, String member) {
          throw new UnsupportedOperationException();
        }

        @Override
        public List<PolicyAlphabet> definitions(Collection<Long> ids) {
          return ids.stream()
              .map(id -> new PolicyAlphabet(Uid.of(id), "greek", CodePoints.parse("03B1-03C9")))
              .toList();
        }
      };
    }
  }

  private static final class InMemoryDeployments implements DeploymentRepository {
    private final List<Deployment> deployments = new ArrayList<>();
    private final Map<Long, DeployedText> snapshots = new HashMap<>();
    private final Map<Long, DeployedParts> parts = new HashMap<>();

    @Override
    public List<Deployment> live() {
      return deployments.stream()
          .map(Deployment::dataStoreId)
          .distinct()
          .map(store -> live(store).orElseThrow())
          .toList();
    }

    @Override
    public Optional<Deployment> live(long dataStoreId) {
      return deployments.stream()
          .filter(deployment -> deployment.dataStoreId() == dataStoreId)
          .max(Comparator.comparingLong(Deployment::revision));
    }

    @Override
    public List<Deployment> liveWith(ObjectType type, long id) {
      return live().stream()
          .filter(
              deployment -> {
                DeployedParts of = parts.get(deployment.id());
                return switch (type) {
                  case POLICY -> of.policies().contains(id);
                  case APPLICATION -> of.applications().contains(id);
                  case DATA_ELEMENT -> !deployment.partsListed() || of.elements().contains(id);
                  case ROLE -> !deployment.partsListed() || of.roles().contains(id);
                  default -> throw new IllegalArgumentException(type.name());
                };
              })
          .toList();
    }

    @Override
    public Map<Long, List<Long>> policies(Collection<Long> deploymentIds) {
      return deploymentIds.stream().collect(toMap(id -> id, id -> parts.get(id).policies()));
    }

    @Override
    public Map<Long, List<Long>> applications(Collection<Long> deploymentIds) {
      return deploymentIds.stream().collect(toMap(id -> id, id -> parts.get(id).applications()));
    }

    @Override
    public DeployedText snapshot(long deploymentId) {
      return snapshots.get(deploymentId);
    }

    @Override
    public void add(Deployment deployment, DeployedParts of, DeployedText text) {
      deployment.stored(deployments.size() + 1L);
      deployments.add(deployment);
      snapshots.put(deployment.id(), text);
      parts.put(deployment.id(), of);
    }
  }
}
