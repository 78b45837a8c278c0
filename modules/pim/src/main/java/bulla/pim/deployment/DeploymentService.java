package bulla.pim.deployment;

import static java.util.stream.Collectors.toMap;

import bulla.commonops.caller.Caller;
import bulla.commonops.problem.Problem;
import bulla.pim.dataelement.DataElements;
import bulla.pim.datastore.DataStores;
import bulla.pim.datastore.KeyedStore;
import bulla.pim.datastore.StoreDefinition;
import bulla.pim.initialization.RepositorySeal;
import bulla.pim.mask.Masks;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.Referrer;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.Roles;
import bulla.pim.source.MemberSources;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Deploys policies to data stores and keeps what was deployed. */
@Dependent
@Transactional
class DeploymentService implements Deployments, Referrer {
  private static final Logger LOG = Logger.getLogger("bulla.pim.deployment");

  private final DeploymentRepository repository;
  private final DataStores stores;
  private final Policies policies;
  private final Roles roles;
  private final DataElements elements;
  private final Masks masks;
  private final MemberSources sources;
  private final RepositorySeal repositorySeal;
  private final PolicyChanges changes;
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
      MemberSources sources,
      RepositorySeal repositorySeal,
      PolicyChanges changes,
      Caller caller) {
    this.repository = repository;
    this.stores = stores;
    this.policies = policies;
    this.roles = roles;
    this.elements = elements;
    this.masks = masks;
    this.sources = sources;
    this.repositorySeal = repositorySeal;
    this.changes = changes;
    this.caller = caller;
  }

  /** Deploys to the one data store that the path names. */
  StoreDeployment deploy(String storeUid, DeployStore wanted) {
    changes.begin();
    StoreDefinition store = stores.pathNamed(storeUid);
    return deploy(List.of(new Plan(store, policies(wanted, "")))).get(0);
  }

  /** Deploys to all of these data stores or, where one of them cannot be, to none. */
  StoreDeployments deploy(DeployStores wanted) {
    changes.begin();
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
      plans.add(new Plan(store, policies(one.state(), prefix)));
    }
    return new StoreDeployments(deploy(plans));
  }

  /**
   * What is deployed to every data store, and whether it is what is defined now. Not a transaction:
   * a source that cannot be read must not undo it.
   */
  @Transactional(Transactional.TxType.SUPPORTS)
  StoreDeployments status() {
    List<Deployment> live = repository.live();
    Map<Long, List<Long>> policiesOf =
        repository.policies(live.stream().map(Deployment::id).toList());
    SnapshotAssembly definitions =
        assembly(policiesOf.values().stream().flatMap(List::stream).distinct().toList());
    Map<Long, Deployment> byStore =
        live.stream().collect(toMap(Deployment::dataStoreId, Function.identity()));
    return new StoreDeployments(
        stores.all().stream()
            .map(
                store ->
                    Optional.ofNullable(byStore.get(store.id()))
                        .map(
                            deployment -> {
                              List<Long> of = policiesOf.getOrDefault(deployment.id(), List.of());
                              return view(
                                  store, deployment, of, state(deployment, of, definitions), null);
                            })
                        .orElseGet(() -> neverDeployed(store)))
            .toList());
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
    return repository
        .live(keyed.store().id())
        .map(live -> deployed(keyed, live))
        .orElseThrow(
            () ->
                PimProblem.NEVER_DEPLOYED.because(
                    "Deploy to data store '" + keyed.store().uid() + "' first"));
  }

  @Override
  public Map<String, SecretBytes> openKeys(PolicySnapshot snapshot) {
    Map<String, SecretBytes> keys =
        elements.openKeys(
            snapshot.dataElements().stream()
                .map(element -> Uid.number(element.uid()).orElseThrow())
                .toList());
    for (DataElement element : snapshot.dataElements()) {
      if (element.method().keyLength() > 0 && !keys.containsKey(element.uid())) {
        keys.values().forEach(SecretBytes::close);
        throw new IllegalStateException("Data element " + element.uid() + " has lost its key");
      }
    }
    return keys;
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return switch (type) {
      case POLICY ->
          liveWhere((deployment, policyIds) -> policyIds.contains(id)).map(this::deploymentOf);
      case DATA_STORE ->
          liveWhere(
                  (deployment, policyIds) -> deployment.dataStoreId() == id && !policyIds.isEmpty())
              .map(deployment -> "what is deployed to it; deploy nothing to it first");
      case DATA_ELEMENT ->
          liveWhere((deployment, policyIds) -> !policyIds.isEmpty() && uses(deployment, id))
              .map(this::deploymentOf);
      default -> Optional.empty();
    };
  }

  private List<StoreDeployment> deploy(List<Plan> plans) {
    SnapshotAssembly definitions =
        assembly(plans.stream().flatMap(plan -> plan.policyIds().stream()).distinct().toList());
    return plans.stream().map(plan -> deploy(plan, definitions)).toList();
  }

  private StoreDeployment deploy(Plan plan, SnapshotAssembly definitions) {
    StoreDefinition store = plan.store();
    var assembled = definitions.assemble(plan.policyIds());
    long revision = repository.live(store.id()).map(Deployment::revision).orElse(0L) + 1;
    String json = assembled.snapshot().toJson();
    var deployment =
        new Deployment(
            store.id(),
            revision,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            caller.correlationId(),
            repositorySeal.seal(Deployment.sealedText(store.id(), revision, json)));
    repository.add(deployment, plan.policyIds(), json);
    changes.record("DEPLOY", ObjectType.DATA_STORE, store.uid(), "revision " + revision);
    return view(store, deployment, plan.policyIds(), DeployState.DEPLOYED, assembled.warnings());
  }

  private List<Long> policies(DeployStore wanted, String prefix) {
    if (!wanted.applications().isEmpty()) {
      throw ObjectType.APPLICATION.unknown(
          wanted.applications().get(0), prefix + "applications[0]");
    }
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < wanted.policies().size(); i++) {
      String uid = wanted.policies().get(i);
      String member = prefix + "policies[" + i + "]";
      if (!ids.add(policies.referenced(uid, member))) {
        throw PimProblem.REPEATED.because("Policy '" + uid + "' is in the list twice", member);
      }
    }
    return ids.stream().sorted().toList();
  }

  private SnapshotAssembly assembly(Collection<Long> policyIds) {
    return SnapshotAssembly.of(policyIds, policies, roles, elements, masks, sources);
  }

  private DeployState state(
      Deployment deployment, List<Long> policyIds, SnapshotAssembly definitions) {
    try {
      String now = definitions.assemble(policyIds).snapshot().toJson();
      return isSealed(deployment, now) ? DeployState.DEPLOYED : DeployState.PENDING;
    } catch (Problem unreadable) {
      LOG.log(Level.FINE, "What is defined cannot be told", unreadable);
      return DeployState.PENDING;
    }
  }

  private DeployedStore deployed(KeyedStore keyed, Deployment deployment) {
    return new DeployedStore(
        keyed.store().uid(),
        keyed.store().name(),
        deployment.revision(),
        deployment.deployedAt(),
        snapshot(deployment),
        keyed.exportKey());
  }

  private PolicySnapshot snapshot(Deployment deployment) {
    String json = repository.snapshot(deployment.id());
    if (!isSealed(deployment, json)) {
      throw new IllegalStateException(
          "What was deployed as revision "
              + deployment.revision()
              + " of data store "
              + deployment.dataStoreId()
              + " was altered in the database");
    }
    return PolicySnapshot.fromJson(json);
  }

  private boolean isSealed(Deployment deployment, String json) {
    String seal =
        repositorySeal.seal(
            Deployment.sealedText(deployment.dataStoreId(), deployment.revision(), json));
    return MessageDigest.isEqual(
        seal.getBytes(StandardCharsets.US_ASCII),
        deployment.seal().getBytes(StandardCharsets.US_ASCII));
  }

  private boolean uses(Deployment deployment, long elementId) {
    return snapshot(deployment).dataElements().stream()
        .anyMatch(element -> element.uid().equals(Uid.of(elementId)));
  }

  private Optional<Deployment> liveWhere(BiPredicate<Deployment, List<Long>> condition) {
    List<Deployment> live = repository.live();
    Map<Long, List<Long>> policiesOf =
        repository.policies(live.stream().map(Deployment::id).toList());
    return live.stream()
        .filter(
            deployment ->
                condition.test(deployment, policiesOf.getOrDefault(deployment.id(), List.of())))
        .findFirst();
  }

  private String deploymentOf(Deployment deployment) {
    return "what is deployed to data store '" + deployment.dataStoreId() + "'";
  }

  private static StoreDeployment neverDeployed(StoreDefinition store) {
    return new StoreDeployment(
        store.uid(), List.of(), List.of(), DeployState.PENDING, null, null, null, null);
  }

  private static StoreDeployment view(
      StoreDefinition store,
      Deployment deployment,
      List<Long> policyIds,
      DeployState state,
      List<String> warnings) {
    return new StoreDeployment(
        store.uid(),
        policyIds.stream().map(Uid::of).toList(),
        List.of(),
        state,
        deployment.revision(),
        deployment.deployedAt().toString(),
        deployment.correlationId(),
        warnings);
  }

  /** What is to be deployed to a data store. */
  private record Plan(StoreDefinition store, List<Long> policyIds) {}
}
