package bulla.pim.policy;

import static java.util.stream.Collectors.toMap;

import bulla.pim.object.ObjectType;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.policy.Rule;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Writes policies. */
@Dependent
@Transactional
class PolicyService implements Policies {
  private final PolicyRepository repository;
  private final RuleRepository rules;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  PolicyService(
      PolicyRepository repository,
      RuleRepository rules,
      PolicyChanges changes,
      References references) {
    this.repository = repository;
    this.rules = rules;
    this.changes = changes;
    this.references = references;
  }

  List<PolicyView> list(String name) {
    return repository.list(name).stream().map(PolicyView::of).toList();
  }

  Versioned<PolicyView> get(String uid) {
    Policy policy = repository.get(uid);
    return new Versioned<>(policy.version(), PolicyView.of(policy));
  }

  PolicyView create(WritePolicy wanted) {
    wanted.requireStructured();
    changes.begin();
    repository.requireFree(wanted.name());
    var policy = new Policy(wanted);
    repository.add(policy);
    var after = PolicyView.of(policy);
    changes.created(ObjectType.POLICY, policy.uid(), after);
    return after;
  }

  /** Rules that exist keep what they copied from the old template. */
  PolicyView change(String uid, WritePolicy wanted, LongConsumer versionCheck) {
    wanted.requireStructured();
    changes.begin();
    Policy policy = repository.get(uid);
    versionCheck.accept(policy.version());
    var before = PolicyView.of(policy);
    repository.requireFree(wanted.name(), policy);
    policy.become(wanted);
    repository.write(policy);
    var after = PolicyView.of(policy);
    changes.changed(ObjectType.POLICY, uid, before, after);
    return after;
  }

  /** The rules go with the policy. */
  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    Policy policy = repository.get(uid);
    versionCheck.accept(policy.version());
    references.requireNone(ObjectType.POLICY, policy);
    rules.removeAll(policy.id());
    repository.remove(policy);
    changes.deleted(ObjectType.POLICY, uid, PolicyView.of(policy));
  }

  @Override
  public List<Long> allReferenced(List<String> uids, String list) {
    return repository.allReferenced(uids, list);
  }

  @Override
  public Map<Long, String> names(Collection<Long> ids) {
    return repository.findAll(ids).stream().collect(toMap(Policy::id, Policy::name));
  }

  @Override
  public Set<Long> roles(Collection<Long> ids) {
    return rules.rolesOfPolicies(ids);
  }

  @Override
  public Map<Long, List<Rule>> rules(Collection<Long> ids) {
    return rules.definitions(ids);
  }
}
