package bulla.pim.policy;

import bulla.commonops.change.Change;
import bulla.commonops.http.Page;
import bulla.commonops.problem.CommonProblem;
import bulla.pim.dataelement.DataElements;
import bulla.pim.mask.Masks;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.Referrer;
import bulla.pim.object.Uid;
import bulla.pim.object.Versioned;
import bulla.pim.role.Roles;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the rules of policies. */
@Dependent
@Transactional
class RuleService implements Referrer {
  private final PolicyRepository policies;
  private final RuleRepository repository;
  private final Roles roles;
  private final DataElements elements;
  private final Masks masks;
  private final PolicyChanges changes;

  @Inject
  RuleService(
      PolicyRepository policies,
      RuleRepository repository,
      Roles roles,
      DataElements elements,
      Masks masks,
      PolicyChanges changes) {
    this.policies = policies;
    this.repository = repository;
    this.roles = roles;
    this.elements = elements;
    this.masks = masks;
    this.changes = changes;
  }

  /**
   * Rules of a policy.
   *
   * @param total how many there are of which these are a page
   */
  record Listing(List<Versioned<RuleView>> rules, long total) {
    static final Listing EMPTY = new Listing(List.of(), 0);
  }

  /** The rules of a policy: all of them, or those of a role, a data element or both. */
  List<Versioned<RuleView>> list(String policyUid, String roleUid, String elementUid) {
    return listing(policyUid, roleUid, elementUid, null).rules();
  }

  /** A page of them. */
  Listing page(String policyUid, String roleUid, String elementUid, Page page) {
    return listing(policyUid, roleUid, elementUid, page);
  }

  private Listing listing(String policyUid, String roleUid, String elementUid, Page page) {
    long policy = policies.get(policyUid).id();
    Long role = numberOrNull(roleUid);
    Long element = numberOrNull(elementUid);
    if ((roleUid != null && role == null) || (elementUid != null && element == null)) {
      return Listing.EMPTY;
    }
    var rules =
        repository.ofPolicy(policy, role, element, page).stream()
            .map(rule -> new Versioned<>(rule.version(), RuleView.of(rule.view())))
            .toList();
    return new Listing(
        rules,
        page == null
            ? rules.size()
            : page.total(rules.size(), () -> repository.count(policy, role, element)));
  }

  private static Long numberOrNull(String uid) {
    return Uid.number(uid).stream().boxed().findFirst().orElse(null);
  }

  Versioned<RuleView> create(String policyUid, WriteRule wanted) {
    changes.begin();
    Policy policy = policies.get(policyUid);
    Place place = place(policy, wanted);
    if (place.stored().isPresent()) {
      throw PimProblem.ALREADY_EXISTS.because(
          "Policy '"
              + policyUid
              + "' has a rule for role '"
              + wanted.role()
              + "' and data element '"
              + wanted.dataElement()
              + "' already");
    }
    var rule = new PolicyRule(policy.id(), place.role(), place.elementId());
    fill(rule, policy, place.element(), wanted);
    repository.add(rule);
    var after = RuleView.of(rule.definition());
    changes.record(
        Change.created("CREATE_RULE", ObjectType.POLICY.path(), id(policy, rule), after)
            .telling(detail(rule.definition())));
    return new Versioned<>(rule.version(), after);
  }

  Versioned<RuleView> change(String policyUid, WriteRule wanted, Consumer<String> versionCheck) {
    changes.begin();
    Policy policy = policies.get(policyUid);
    Place place = place(policy, wanted);
    PolicyRule rule =
        place
            .stored()
            .orElseThrow(() -> noSuchRule(policyUid, wanted.role(), wanted.dataElement()));
    versionCheck.accept(rule.version());
    var before = RuleView.of(rule.definition());
    fill(rule, policy, place.element(), wanted);
    repository.write(rule);
    var after = RuleView.of(rule.definition());
    changes.record(
        Change.updated("CHANGE_RULE", ObjectType.POLICY.path(), id(policy, rule), before, after)
            .telling(detail(rule.definition())));
    return new Versioned<>(rule.version(), after);
  }

  void delete(String policyUid, String roleUid, String elementUid, Consumer<String> versionCheck) {
    requireGiven("role", roleUid);
    requireGiven("dataElement", elementUid);
    changes.begin();
    Policy policy = policies.get(policyUid);
    var role = Uid.number(roleUid);
    var element = Uid.number(elementUid);
    PolicyRule rule =
        (role.isPresent() && element.isPresent()
                ? repository.find(policy.id(), role.getAsLong(), element.getAsLong())
                : Optional.<PolicyRule>empty())
            .orElseThrow(() -> noSuchRule(policyUid, roleUid, elementUid));
    versionCheck.accept(rule.version());
    repository.remove(rule);
    changes.record(
        Change.deleted(
                "DELETE_RULE",
                ObjectType.POLICY.path(),
                id(policy, rule),
                RuleView.of(rule.definition()))
            .telling(detail(rule.definition())));
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return repository
        .naming(type, id)
        .map(
            rule ->
                "the rule of policy '"
                    + rule.policyId()
                    + "' for role '"
                    + rule.roleId()
                    + "' and data element '"
                    + rule.dataElementId()
                    + "'");
  }

  private Place place(Policy policy, WriteRule wanted) {
    long role = roles.referenced(wanted.role(), "role");
    DataElement element = elements.referenced(wanted.dataElement(), "dataElement");
    if (wanted.operation() == NoAccessOperation.PROTECTED_VALUE
        && !element.method().protectedValueIsReturnable()) {
      throw PimProblem.PROTECTED_VALUE_REFUSED.because(
          "PROTECTED_VALUE cannot be used with the method "
              + element.method().key()
              + " of data element '"
              + element.uid()
              + "' as it is set; use NULL_VALUE or EXCEPTION",
          "noAccessOperation");
    }
    long elementId = Uid.number(element.uid()).orElseThrow();
    return new Place(role, element, elementId, repository.find(policy.id(), role, elementId));
  }

  private void fill(PolicyRule rule, Policy policy, DataElement element, WriteRule wanted) {
    boolean clear = Rule.CLEAR.equals(wanted.mask());
    Long mask = clear || wanted.mask() == null ? null : masks.referenced(wanted.mask(), "mask");
    rule.become(
        mask,
        clear,
        wanted.operation(),
        element.method().unprotects()
            ? WriteGrants.complete(wanted.permission(), policy.template())
            : protectOnly(element, policy, wanted));
  }

  /** A hash can be made and nothing else; a template, which is for all elements, is cut to that. */
  private static RulePermission protectOnly(DataElement element, Policy policy, WriteRule wanted) {
    RulePermission complete = WriteGrants.complete(wanted.permission(), policy.template());
    Permissions access = complete.access();
    if (WriteGrants.hasAccess(wanted.permission()) && (access.unProtect() || access.reProtect())) {
      throw CommonProblem.INVALID_VALUE.because(
          "Only protect can be granted with the method "
              + element.method().key()
              + " of data element '"
              + element.uid()
              + "'",
          access.unProtect() ? "permission.access.unProtect" : "permission.access.reProtect");
    }
    return new RulePermission(new Permissions(access.protect(), false, false), complete.audit());
  }

  private static String id(Policy policy, PolicyRule rule) {
    return policy.uid() + "/rules/" + rule.roleId() + "/" + rule.dataElementId();
  }

  private static String detail(Rule rule) {
    var access = rule.permission().access();
    return "role %s, data element %s: protect %s, reProtect %s, unProtect %s, otherwise %s, mask %s"
        .formatted(
            rule.role(),
            rule.dataElement(),
            access.protect(),
            access.reProtect(),
            access.unProtect(),
            rule.noAccessOperation(),
            rule.mask() == null ? "none" : rule.mask());
  }

  private static void requireGiven(String parameter, String value) {
    if (value == null) {
      throw CommonProblem.INVALID_PARAMETER.because(
          "The query parameters role and dataElement name the rule", parameter);
    }
  }

  private static RuntimeException noSuchRule(String policy, String role, String element) {
    return PimProblem.OBJECT_NOT_FOUND.because(
        "Policy '"
            + Uid.shown(policy)
            + "' has no rule for role '"
            + Uid.shown(role)
            + "' and data element '"
            + Uid.shown(element)
            + "'");
  }

  /** Where a rule stands, or would. */
  private record Place(
      long role, DataElement element, long elementId, Optional<PolicyRule> stored) {}
}
