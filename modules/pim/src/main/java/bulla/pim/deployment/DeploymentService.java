package bulla.pim.deployment;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import bulla.commonops.caller.Caller;
import bulla.commonops.change.Change;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.alphabet.Alphabets;
import bulla.pim.application.Applications;
import bulla.pim.dataelement.DataElements;
import bulla.pim.dataelement.ElementKeyState;
import bulla.pim.dataelement.ElementKeyView;
import bulla.pim.datastore.DataStores;
import bulla.pim.datastore.KeyedStore;
import bulla.pim.datastore.StoreDefinition;
import bulla.pim.initialization.RepositorySeal;
import bulla.pim.mask.Masks;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.Referrer;
import bulla.pim.object.SealedPackages;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.RoleDefinition;
import bulla.pim.role.Roles;
import bulla.protection.ElementKeys;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.InvalidPolicyException;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deploys policies to data stores and keeps what was deployed. */
@Dependent
@Transactional
class DeploymentService implements Deployments, LivePolicies, Referrer {
  private static final Logger LOG = Logger.getLogger("bulla.pim.deployment");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final String CHANGED_MEANWHILE =
      "What is defined changed while it was read; repeat the request";

  private final DeploymentRepository repository;
  private final DataStores stores;
  private final Policies policies;
  private final Roles roles;
  private final DataElements elements;
  private final Masks masks;
  private final Alphabets alphabets;
  private final Applications applications;
  private final RepositorySeal repositorySeal;
  private final PolicyChanges changes;
  private final SealedPackages sealedPackages;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  @Inject
  DeploymentService(
      DeploymentRepository repository,
      DataStores stores,
      Policies policies,
      Roles roles,
      DataElements elements,
      Masks masks,
      Alphabets alphabets,
      Applications applications,
      RepositorySeal repositorySeal,
      PolicyChanges changes,
      SealedPackages sealedPackages,
      Caller caller) {
    this.repository = repository;
    this.stores = stores;
    this.policies = policies;
    this.roles = roles;
    this.elements = elements;
    this.masks = masks;
    this.alphabets = alphabets;
    this.applications = applications;
    this.repositorySeal = repositorySeal;
    this.changes = changes;
    this.sealedPackages = sealedPackages;
    this.caller = caller;
  }

  /**
   * Makes sure of all that a deploy needs of its own request: what it names exists, once each, and
   * no application belongs to another data store. For before sources are read, which may take long;
   * the deploy makes sure of it again.
   */
  void check(String storeUid, DeployStore wanted) {
    requireOneStorePerApplication(List.of(plan(stores.pathNamed(storeUid), wanted, "")));
  }

  /** The same of a deploy to several data stores. */
  void check(DeployStores wanted) {
    requireOneStorePerApplication(plans(wanted));
  }

  /**
   * Deploys to the one data store that the path names.
   *
   * @param sources those that were read before
   */
  StoreDeployment deploy(String storeUid, DeployStore wanted, ReadSources sources) {
    changes.begin();
    StoreDefinition store = stores.pathNamed(storeUid);
    return deploy(List.of(plan(store, wanted, "")), sources).get(0);
  }

  /**
   * Deploys to all of these data stores or, where one of them cannot be, to none.
   *
   * @param sources those that were read before
   */
  StoreDeployments deploy(DeployStores wanted, ReadSources sources) {
    changes.begin();
    return new StoreDeployments(deploy(plans(wanted), sources));
  }

  private List<Plan> plans(DeployStores wanted) {
    List<Plan> plans = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (int i = 0; i < wanted.dataStores().size(); i++) {
      DeployStores.Named one = wanted.dataStores().get(i);
      String prefix = "dataStores[" + i + "].";
      StoreDefinition store = stores.referenced(one.uid(), prefix + "uid");
      if (!named.add(store.uid())) {
        throw PimProblem.REPEATED.because(
            "Data store '" + store.uid() + "' is in the list twice", prefix + "uid");
      }
      plans.add(plan(store, one.state(), prefix));
    }
    return plans;
  }

  /** The revision that is live in each data store that has one, by the id of the store. */
  Map<Long, Long> liveRevisions() {
    return repository.live().stream().collect(toMap(Deployment::dataStoreId, Deployment::revision));
  }

  /** The uids of the policies that are deployed anywhere. */
  Set<String> deployedPolicies() {
    return repository
        .policies(repository.live().stream().map(Deployment::id).toList())
        .values()
        .stream()
        .flatMap(List::stream)
        .map(Uid::of)
        .collect(toSet());
  }

  /**
   * What is deployed to every data store, and whether it is what is defined now. Not a transaction:
   * what cannot be told must not undo it. What others change meanwhile is pending.
   *
   * @param members those that were read before; where one is missing that is needed, what is
   *     defined cannot be told
   */
  @Transactional(Transactional.TxType.SUPPORTS)
  StoreDeployments status(ReadMembers members) {
    List<Deployment> live = repository.live();
    List<Long> deploymentIds = live.stream().map(Deployment::id).toList();
    Map<Long, List<Long>> policiesOf = repository.policies(deploymentIds);
    Map<Long, List<Long>> applicationsOf = repository.applications(deploymentIds);
    SnapshotAssembly definitions =
        assembly(distinct(policiesOf.values()), ids -> members.roles(), members.sources());
    Map<Long, Application> trusted = definitions(distinct(applicationsOf.values()));
    Map<Long, Long> newestKeys = elements.newestKeys(definitions.elementIds());
    Map<Long, Deployment> byStore =
        live.stream().collect(toMap(Deployment::dataStoreId, Function.identity()));
    List<StoreDeployment> found = new ArrayList<>();
    try (RepositorySeal.Opened seal = repositorySeal.open()) {
      for (StoreDefinition store : stores.all()) {
        Deployment deployment = byStore.get(store.id());
        if (deployment == null) {
          found.add(neverDeployed(store));
        } else {
          var plan = Plan.of(store, deployment, policiesOf, applicationsOf);
          Current current = current(seal, deployment, plan, definitions, trusted, newestKeys);
          found.add(view(plan, deployment, current, null));
        }
      }
    }
    return new StoreDeployments(found);
  }

  /**
   * Compares the users of a role, as its sources have them, with what is deployed; where the role's
   * mode says so, deploys them. Nothing else of what was deployed changes, so that an edit that is
   * not finished stays where it is.
   *
   * @param sources those that were read before
   * @throws Problem 409 where the role has got other members since they were read, or where what
   *     they hold was deployed meanwhile
   */
  RoleSynchronization synchronize(String roleUid, ReadSources sources) {
    changes.begin();
    RoleDefinition role = roles.definitions(List.of(roles.pathNamed(roleUid))).get(0);
    ExpandedRole expanded = ExpandedRole.of(role, sources);
    List<RoleSynchronization.SynchronizedStore> found;
    List<Made> made = new ArrayList<>();
    try (RepositorySeal.Opened seal = repositorySeal.open()) {
      found =
          ofExistingStores(
                  repository.liveWith(ObjectType.ROLE, role.id()),
                  (store, live) ->
                      synchronize(store, live, text(seal, live), role, expanded, sources, made))
              .stream()
              .flatMap(Optional::stream)
              .toList();
    }
    store(made);
    var result =
        new RoleSynchronization(
            role.uid(), role.mode(), expanded.users().size(), expanded.missing(), found);
    changes.record(
        Change.withoutState("SYNCHRONIZE", ObjectType.ROLE.path(), role.uid())
            .telling(result.summary()));
    return result;
  }

  /**
   * Gives a key of a data element another state. What is deployed with a key that is destroyed
   * becomes another revision, so that nobody goes on with a package that has it.
   *
   * @throws Problem 404 where there is no such key, 409 where it cannot take the state or still
   *     protects in what is deployed
   */
  ElementKeyView changeKey(String elementUid, String keyId, ElementKeyState wanted) {
    if (wanted != ElementKeyState.COMPROMISED && wanted != ElementKeyState.DESTROYED) {
      throw CommonProblem.INVALID_VALUE.because("state must be COMPROMISED or DESTROYED", "state");
    }
    changes.begin();
    ElementKeyView changed = elements.changeKey(elementUid, keyId, wanted);
    if (wanted == ElementKeyState.DESTROYED) {
      long element = Uid.number(elementUid).orElseThrow();
      store(
          ofExistingStores(
                  liveWith(ObjectType.DATA_ELEMENT, element),
                  (store, live) -> without(changed, element, store, live))
              .stream()
              .flatMap(Optional::stream)
              .toList());
    }
    return changed;
  }

  /** What is deployed without a key that is destroyed; empty where it never had it. */
  private Optional<Made> without(
      ElementKeyView destroyed, long element, StoreDefinition store, Deployment live) {
    int protecting = elements.protectingKey(element, live.lastKeyId());
    if (protecting == destroyed.keyId()) {
      throw PimProblem.KEY_STATE.because(
          "Key '"
              + destroyed.keyId()
              + "' still protects in what is deployed to data store '"
              + store.uid()
              + "'; deploy to it first");
    }
    if (protecting < destroyed.keyId()) {
      return Optional.empty();
    }
    DeployedText text = text(live);
    return Optional.of(
        make(
            plan(store, live),
            PolicySnapshot.fromJson(text.snapshot()),
            text.rulePolicies(),
            live.lastKeyId(),
            ReadSources.NONE));
  }

  @Override
  public List<LivePolicy> all() {
    List<Deployment> live = repository.live();
    Map<Long, List<Long>> policiesOf =
        repository.policies(live.stream().map(Deployment::id).toList());
    try (RepositorySeal.Opened seal = repositorySeal.open()) {
      return ofExistingStores(
          live,
          (store, deployment) -> {
            DeployedText text = text(seal, deployment);
            PolicySnapshot snapshot = PolicySnapshot.fromJson(text.snapshot());
            List<Long> deployed = policiesOf.getOrDefault(deployment.id(), List.of());
            return new LivePolicy(
                store, deployment.revision(), snapshot, rulePolicies(text, snapshot, deployed));
          });
    }
  }

  @Override
  public List<LiveRevision> revisions() {
    return ofExistingStores(
        repository.live(), (store, deployment) -> new LiveRevision(store, deployment.revision()));
  }

  @Override
  public Optional<DeployedStore> find(String fingerprint) {
    return stores
        .withExportKey(fingerprint)
        .flatMap(keyed -> repository.live(keyed.store().id()).map(live -> deployed(keyed, live)));
  }

  @Override
  public DeployedStore get(String fingerprint) {
    KeyedStore keyed =
        stores
            .withExportKey(fingerprint)
            .orElseThrow(
                () ->
                    PimProblem.FINGERPRINT_NOT_FOUND.because(
                        "No data store has an export key with this fingerprint"));
    return live(keyed);
  }

  @Override
  public DeployedStore at(String address, ExportKey exportKey) {
    return live(
        new KeyedStore(
            stores
                .withAddress(address)
                .orElseThrow(
                    () ->
                        PimProblem.ADDRESS_NOT_IN_RANGE.because(
                            "The address " + address + " lies in the ranges of no data store")),
            exportKey));
  }

  private DeployedStore live(KeyedStore keyed) {
    return repository
        .live(keyed.store().id())
        .map(live -> deployed(keyed, live))
        .orElseThrow(
            () ->
                PimProblem.NEVER_DEPLOYED.because(
                    "Deploy to data store '" + keyed.store().uid() + "' first"));
  }

  @Override
  public Optional<DeployedContent> open(DeployedStore deployed) {
    return repository
        .live(Uid.number(deployed.dataStoreUid()).orElseThrow())
        .filter(live -> live.revision() == deployed.revision())
        .map(
            live -> {
              PolicySnapshot snapshot = snapshot(live);
              return new DeployedContent(snapshot, openKeys(snapshot, live.lastKeyId()));
            });
  }

  @Override
  public boolean holdCurrent(DeployedStore deployed) {
    changes.begin();
    return find(deployed.exportKey().fingerprint())
        .filter(
            now ->
                now.dataStoreUid().equals(deployed.dataStoreUid())
                    && now.revision() == deployed.revision())
        .isPresent();
  }

  private Map<String, ElementKeys> openKeys(PolicySnapshot snapshot, long lastKeyId) {
    Map<String, ElementKeys> keys = elements.openKeys(elementIds(snapshot), lastKeyId);
    for (DataElement element : snapshot.dataElements()) {
      if (element.method().keyLength() > 0 && !keys.containsKey(element.uid())) {
        keys.values().forEach(ElementKeys::close);
        throw new IllegalStateException("Data element " + element.uid() + " has lost its key");
      }
    }
    return keys;
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return switch (type) {
      case POLICY, APPLICATION, DATA_ELEMENT, ROLE ->
          liveWith(type, id).stream().findFirst().map(this::deploymentOf);
      case DATA_STORE ->
          repository
              .live(id)
              .filter(this::hasSomething)
              .map(live -> "what is deployed to it; deploy nothing to it first");
      default -> Optional.empty();
    };
  }

  private boolean hasSomething(Deployment deployment) {
    List<Long> id = List.of(deployment.id());
    return Stream.of(repository.policies(id), repository.applications(id))
        .flatMap(parts -> parts.values().stream())
        .anyMatch(parts -> !parts.isEmpty());
  }

  private List<StoreDeployment> deploy(List<Plan> plans, ReadSources sources) {
    requireOneStorePerApplication(plans);
    SnapshotAssembly definitions =
        assembly(
            distinct(plans.stream().map(Plan::policyIds).toList()), roles::definitions, sources);
    Map<Long, Application> trusted =
        definitions(distinct(plans.stream().map(Plan::applicationIds).toList()));
    long lastKeyId = elements.newestKeyId();
    List<Made> made = new ArrayList<>();
    List<StoreDeployment> deployed = new ArrayList<>();
    for (Plan plan : plans) {
      var assembled = definitions.assemble(plan.policyIds(), plan.applications(trusted));
      Made one = make(plan, assembled.snapshot(), assembled.rulePolicies(), lastKeyId, sources);
      made.add(one);
      deployed.add(view(plan, one.deployment(), Current.DEPLOYED, assembled.warnings()));
    }
    store(made);
    return deployed;
  }

  /**
   * A protector finds its data store by its address and an application its own by its name, so an
   * application of two data stores would belong nowhere. What counts is the state after the deploy:
   * one request may move an application.
   */
  private void requireOneStorePerApplication(List<Plan> plans) {
    if (plans.stream().allMatch(plan -> plan.applicationIds().isEmpty())) {
      return;
    }
    Map<Long, String> storeOf = new HashMap<>();
    Set<Long> deploying = plans.stream().map(plan -> plan.store().id()).collect(toSet());
    List<Deployment> others =
        repository.live().stream()
            .filter(deployment -> !deploying.contains(deployment.dataStoreId()))
            .toList();
    Map<Long, List<Long>> applicationsOf =
        repository.applications(others.stream().map(Deployment::id).toList());
    for (Deployment other : others) {
      applicationsOf
          .getOrDefault(other.id(), List.of())
          .forEach(application -> storeOf.put(application, Uid.of(other.dataStoreId())));
    }
    for (Plan plan : plans) {
      for (Long application : plan.applicationIds()) {
        String elsewhere = storeOf.putIfAbsent(application, plan.store().uid());
        if (elsewhere != null) {
          throw PimProblem.APPLICATION_ELSEWHERE.because(
              "Application '%d' cannot be deployed to data store '%s': it is deployed to data store '%s'"
                  .formatted(application, plan.store().uid(), elsewhere),
              plan.prefix() + "applications");
        }
      }
    }
  }

  /**
   * @param made takes what is to be stored
   */
  private Optional<RoleSynchronization.SynchronizedStore> synchronize(
      StoreDefinition store,
      Deployment live,
      DeployedText text,
      RoleDefinition role,
      ExpandedRole expanded,
      ReadSources sources,
      List<Made> made) {
    PolicySnapshot snapshot = PolicySnapshot.fromJson(text.snapshot());
    Optional<PolicyRole> deployed =
        snapshot.roles().stream().filter(one -> one.uid().equals(role.uid())).findFirst();
    if (deployed.isEmpty()) {
      return Optional.empty();
    }
    Set<String> before = new HashSet<>(deployed.get().users());
    Set<String> after = new HashSet<>(expanded.users());
    boolean differs = !before.equals(after);
    Deployment current = live;
    if (differs && role.mode().deploys()) {
      Made one =
          make(
              plan(store, live),
              snapshot.withUsers(role.uid(), expanded.users()),
              text.rulePolicies(),
              live.lastKeyId(),
              sources);
      made.add(one);
      current = one.deployment();
    }
    return Optional.of(
        new RoleSynchronization.SynchronizedStore(
            store.uid(),
            (int) after.stream().filter(user -> !before.contains(user)).count(),
            (int) before.stream().filter(user -> !after.contains(user)).count(),
            differs && role.mode().deploys(),
            current.revision()));
  }

  /**
   * Makes the next revision of a data store of a snapshot, with the keys up to one of them. Nothing
   * is stored: whoever reads of the data store would wait until all that belongs to it is.
   *
   * @param rulePolicies the policies of its rules, as {@link DeployedText} has them
   * @param sources those that were read for it
   */
  private Made make(
      Plan plan,
      PolicySnapshot snapshot,
      String rulePolicies,
      long lastKeyId,
      ReadSources sources) {
    StoreDefinition store = plan.store();
    Optional<Deployment> former = repository.live(store.id());
    long newest = former.map(Deployment::revision).orElse(0L);
    if (!sources.mayFollow(store.id(), newest)) {
      throw CommonProblem.CONFLICT
          .because(
              "Something was deployed to data store '"
                  + store.uid()
                  + "' while sources were read; repeat the request")
          .retryAfter(1);
    }
    StoreDeployment before =
        former.map(live -> asDeployed(store, live)).orElseGet(() -> neverDeployed(store));
    long revision = newest + 1;
    var text = new DeployedText(snapshot.toJson(), rulePolicies);
    var deployment =
        new Deployment(
            store.id(),
            revision,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            caller.correlationId(),
            repositorySeal.seal(text.sealed(store.id(), revision)),
            lastKeyId,
            rulePolicies != null);
    var parts =
        new DeployedParts(
            plan.policyIds(),
            plan.applicationIds(),
            elementIds(snapshot),
            snapshot.roles().stream().map(role -> Uid.number(role.uid()).orElseThrow()).toList());
    return new Made(before, plan, deployment, parts, text);
  }

  /**
   * Stores deploys that are made. What they make obsolete goes first: it is large, and nobody waits
   * for it, as they would for rows of the live deploy.
   */
  private void store(List<Made> made) {
    for (Made one : made) {
      sealedPackages.removeBefore(one.plan().store().uid(), one.deployment().revision());
    }
    made.forEach(this::store);
  }

  private void store(Made made) {
    repository.add(made.deployment(), made.parts(), made.text());
    StoreDeployment after = view(made.plan(), made.deployment(), Current.DEPLOYED, null);
    changes.record(
        Change.updated(
                "DEPLOY",
                ObjectType.DATA_STORE.path(),
                made.plan().store().uid(),
                made.before(),
                after)
            .telling("revision " + made.deployment().revision()));
  }

  private Plan plan(StoreDefinition store, DeployStore wanted, String prefix) {
    wanted.requireMeant(prefix);
    return new Plan(
        store,
        policies.allReferenced(wanted.policies(), prefix + "policies"),
        applications.allReferenced(wanted.applications(), prefix + "applications"),
        prefix);
  }

  /** What is deployed to a data store, as a plan to deploy it again. */
  private Plan plan(StoreDefinition store, Deployment live) {
    List<Long> id = List.of(live.id());
    return Plan.of(store, live, repository.policies(id), repository.applications(id));
  }

  private static List<Long> elementIds(PolicySnapshot snapshot) {
    return snapshot.dataElements().stream()
        .map(element -> Uid.number(element.uid()).orElseThrow())
        .toList();
  }

  private static List<Long> distinct(Collection<List<Long>> ids) {
    return ids.stream().flatMap(List::stream).distinct().toList();
  }

  private Map<Long, Application> definitions(List<Long> applicationIds) {
    return applications.definitions(applicationIds).stream()
        .collect(
            toMap(application -> Uid.number(application.uid()).orElseThrow(), Function.identity()));
  }

  private SnapshotAssembly assembly(
      Collection<Long> policyIds,
      Function<List<Long>, List<RoleDefinition>> definedRoles,
      ReadSources sources) {
    return SnapshotAssembly.of(
        policyIds, policies, definedRoles, elements, masks, alphabets, sources);
  }

  private static Current current(
      RepositorySeal.Opened seal,
      Deployment deployment,
      Plan plan,
      SnapshotAssembly definitions,
      Map<Long, Application> trusted,
      Map<Long, Long> newestKeys) {
    try {
      if (!trusted.keySet().containsAll(plan.applicationIds())) {
        return Current.untold(CHANGED_MEANWHILE);
      }
      var now = definitions.assemble(plan.policyIds(), plan.applications(trusted));
      boolean rotated =
          elementIds(now.snapshot()).stream()
              .map(newestKeys::get)
              .anyMatch(key -> key != null && key > deployment.lastKeyId());
      var text =
          new DeployedText(
              now.snapshot().toJson(), deployment.partsListed() ? now.rulePolicies() : null);
      return isSealed(seal, deployment, text) && !rotated ? Current.DEPLOYED : Current.PENDING;
    } catch (Problem unreadable) {
      LOG.log(Level.FINE, "What is defined cannot be told", unreadable);
      return Current.untold(unreadable.detail());
    } catch (InvalidPolicyException changed) {
      // One statement read a rule, and the next one no longer what it names.
      LOG.log(Level.FINE, "What is defined cannot be told", changed);
      return Current.untold(CHANGED_MEANWHILE);
    }
  }

  private static DeployedStore deployed(KeyedStore keyed, Deployment deployment) {
    return new DeployedStore(
        keyed.store().uid(),
        keyed.store().name(),
        deployment.revision(),
        deployment.deployedAt(),
        keyed.exportKey());
  }

  private PolicySnapshot snapshot(Deployment deployment) {
    return PolicySnapshot.fromJson(text(deployment).snapshot());
  }

  private DeployedText text(Deployment deployment) {
    try (RepositorySeal.Opened seal = repositorySeal.open()) {
      return text(seal, deployment);
    }
  }

  private DeployedText text(RepositorySeal.Opened seal, Deployment deployment) {
    DeployedText text = repository.snapshot(deployment.id());
    if (!isSealed(seal, deployment, text)) {
      throw new IllegalStateException(
          "What was deployed as revision "
              + deployment.revision()
              + " of data store "
              + deployment.dataStoreId()
              + " was altered in the database");
    }
    return text;
  }

  private static boolean isSealed(
      RepositorySeal.Opened seal, Deployment deployment, DeployedText text) {
    String sealed = seal.seal(text.sealed(deployment.dataStoreId(), deployment.revision()));
    return MessageDigest.isEqual(
        sealed.getBytes(StandardCharsets.US_ASCII),
        deployment.seal().getBytes(StandardCharsets.US_ASCII));
  }

  /** Where that was not kept, it is still plain of a single policy. */
  private static List<String> rulePolicies(
      DeployedText text, PolicySnapshot snapshot, List<Long> policyIds) {
    if (text.rulePolicies() != null) {
      return text.rulePolicies().isEmpty()
          ? List.of()
          : List.of(COMMA.split(text.rulePolicies(), -1));
    }
    return policyIds.size() == 1
        ? Collections.nCopies(snapshot.rules().size(), Uid.of(policyIds.get(0)))
        : List.of();
  }

  /** The newest deploys that took up an object; of those without lists, the snapshot is asked. */
  private List<Deployment> liveWith(ObjectType type, long id) {
    return repository.liveWith(type, id).stream()
        .filter(deployment -> deployment.partsListed() || tells(deployment, type, id))
        .toList();
  }

  private boolean tells(Deployment deployment, ObjectType type, long id) {
    return switch (type) {
      case DATA_ELEMENT ->
          snapshot(deployment).dataElements().stream()
              .anyMatch(element -> element.uid().equals(Uid.of(id)));
      case ROLE ->
          snapshot(deployment).roles().stream().anyMatch(role -> role.uid().equals(Uid.of(id)));
      default -> true;
    };
  }

  private <T> List<T> ofExistingStores(
      List<Deployment> live, BiFunction<StoreDefinition, Deployment, T> view) {
    Map<Long, StoreDefinition> existing =
        stores.all().stream().collect(toMap(StoreDefinition::id, Function.identity()));
    return live.stream()
        .filter(deployment -> existing.containsKey(deployment.dataStoreId()))
        .map(deployment -> view.apply(existing.get(deployment.dataStoreId()), deployment))
        .toList();
  }

  private String deploymentOf(Deployment deployment) {
    return "what is deployed to data store '" + deployment.dataStoreId() + "'";
  }

  /** As it was shown right after it was deployed, whatever has changed since. */
  private StoreDeployment asDeployed(StoreDefinition store, Deployment live) {
    return view(plan(store, live), live, Current.DEPLOYED, null);
  }

  private static StoreDeployment neverDeployed(StoreDefinition store) {
    return new StoreDeployment(
        store.uid(), List.of(), List.of(), DeployState.PENDING, null, null, null, null, null);
  }

  private static StoreDeployment view(
      Plan plan, Deployment deployment, Current current, List<String> warnings) {
    return new StoreDeployment(
        plan.store().uid(),
        plan.policyIds().stream().map(Uid::of).toList(),
        plan.applicationIds().stream().map(Uid::of).toList(),
        current.state(),
        deployment.revision(),
        deployment.deployedAt().toString(),
        deployment.correlationId(),
        current.reason(),
        warnings);
  }

  /**
   * Whether what is deployed is what is defined.
   *
   * @param reason why that cannot be told; else null
   */
  private record Current(DeployState state, String reason) {
    static final Current DEPLOYED = new Current(DeployState.DEPLOYED, null);
    static final Current PENDING = new Current(DeployState.PENDING, null);

    static Current untold(String reason) {
      return new Current(DeployState.PENDING, reason);
    }
  }

  /**
   * A deploy that is not stored yet.
   *
   * @param before what was deployed to the data store before
   */
  private record Made(
      StoreDeployment before,
      Plan plan,
      Deployment deployment,
      DeployedParts parts,
      DeployedText text) {}

  /** What is to be deployed to a data store. */
  private record Plan(
      StoreDefinition store, List<Long> policyIds, List<Long> applicationIds, String prefix) {
    static Plan of(
        StoreDefinition store,
        Deployment deployment,
        Map<Long, List<Long>> policies,
        Map<Long, List<Long>> applications) {
      return new Plan(
          store,
          policies.getOrDefault(deployment.id(), List.of()),
          applications.getOrDefault(deployment.id(), List.of()),
          "");
    }

    List<Application> applications(Map<Long, Application> all) {
      return applicationIds.stream().map(all::get).toList();
    }
  }
}
