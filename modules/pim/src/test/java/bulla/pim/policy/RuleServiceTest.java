package bulla.pim.policy;

import static bulla.pim.object.Problems.problem;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.http.Page;
import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.CommonProblem;
import bulla.pim.dataelement.DataElements;
import bulla.pim.dataelement.ElementKeyState;
import bulla.pim.dataelement.ElementKeyView;
import bulla.pim.mask.Masks;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.pim.object.Versioned;
import bulla.pim.role.RoleDefinition;
import bulla.pim.role.Roles;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AlphaNumericToken;
import bulla.protection.ElementKeys;
import bulla.protection.HmacSha256;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleServiceTest {
  private static final Permissions PROTECT_AND_UNPROTECT = new Permissions(true, false, true);
  private static final AuditFlags AUDIT =
      new AuditFlags(new Permissions(true, false, false), Permissions.ALL);

  private final RecordedChanges changes = new RecordedChanges();
  private final InMemoryRules rules = new InMemoryRules();
  private final InMemoryPolicies policyRepository = new InMemoryPolicies();
  private final RuleService service =
      new RuleService(
          policyRepository, rules, new OneRole(), new ThreeElements(), new OneMask(), changes);
  private final PolicyService policies =
      new PolicyService(policyRepository, rules, changes, new References(List.of()));

  @BeforeEach
  void aPolicyWhoseTemplateAudits() {
    policies.create(new WritePolicy("POLICY", "POLICY", new WriteGrants(Permissions.ALL, AUDIT)));
    changes.records().clear();
  }

  @Test
  void aPolicyWithoutTemplateGrantsNothing() {
    assertThat(policies.create(new WritePolicy("P2", null, null)).template())
        .isEqualTo(new RulePermission(Permissions.NONE, AuditFlags.NONE));
  }

  @Test
  void aPolicyProtectsStructuredDataAlone() throws IOException {
    assertThat(policies.change("1", policy("structured"), version -> {}).name()).isEqualTo("p");
    policies.create(new WritePolicy("absent", null, null));
    WritePolicy unstructured = policy("UNSTRUCTURED");
    for (Runnable refused :
        List.<Runnable>of(
            () -> policies.create(unstructured),
            () -> policies.change("1", unstructured, version -> {}))) {
      assertThat(problem(CommonProblem.INVALID_VALUE, refused::run).member()).contains("type");
    }
    assertThat(problem(CommonProblem.INVALID_VALUE, () -> policy("FILES")).member())
        .contains("type");
  }

  private static WritePolicy policy(String type) throws IOException {
    return read(WritePolicy.class, "{\"name\":\"p\",\"type\":\"" + type + "\"}");
  }

  @Test
  void aRuleIsEchoedWithTheAuditOfTheTemplate() {
    RuleView created =
        service
            .create("1", rule("1", "1", NoAccessOperation.NULL_VALUE, PROTECT_AND_UNPROTECT))
            .view();
    assertThat(created)
        .isEqualTo(
            new RuleView(
                "1",
                "1",
                "1",
                NoAccessOperation.NULL_VALUE,
                new RulePermission(PROTECT_AND_UNPROTECT, AUDIT)));
    assertThat(list("1")).containsExactly(created);
    assertThat(changes.records()).containsExactly("begin", "CREATE_RULE policies 1/rules/1/1");
    assertThat(changes.details())
        .containsExactly(
            "role 1, data element 1: protect true, reProtect false, unProtect true, otherwise"
                + " NULL_VALUE, mask 1");
  }

  @Test
  void withoutPermissionTheTemplateDecides() {
    assertThat(service.create("1", new WriteRule("1", "1", null, null, null)).view())
        .isEqualTo(
            new RuleView(
                "1",
                null,
                "1",
                NoAccessOperation.NULL_VALUE,
                new RulePermission(Permissions.ALL, AUDIT)));
  }

  @Test
  void ofAHashOnlyTheMakingCanBeGranted() {
    for (Permissions more :
        List.of(new Permissions(true, false, true), new Permissions(false, true, true))) {
      var problem =
          problem(
              CommonProblem.INVALID_VALUE,
              () ->
                  service.create(
                      "1", new WriteRule("1", "3", null, null, new WriteGrants(more, null))));
      assertThat(problem.member()).contains("permission.access.unProtect");
    }
    var reProtect = new WriteGrants(new Permissions(true, true, false), null);
    assertThat(
            problem(
                    CommonProblem.INVALID_VALUE,
                    () -> service.create("1", new WriteRule("1", "3", null, null, reProtect)))
                .member())
        .contains("permission.access.reProtect");
    Permissions protect = new Permissions(true, false, false);
    assertThat(service.create("1", new WriteRule("1", "3", null, null, null)).view().permission())
        .as("a template is cut")
        .isEqualTo(new RulePermission(protect, AUDIT));
    assertThat(
            service
                .change(
                    "1",
                    new WriteRule("1", "3", null, null, new WriteGrants(protect, null)),
                    version -> {})
                .view()
                .permission()
                .access())
        .isEqualTo(protect);
    problem(
        CommonProblem.INVALID_VALUE,
        () ->
            service.change(
                "1",
                new WriteRule("1", "3", null, null, new WriteGrants(Permissions.ALL, null)),
                version -> {}));
  }

  @Test
  void theMaskZeroIsClearAndAnAbsentOneIsTheElementsOwn() {
    service.create("1", rule("1", "0", NoAccessOperation.EXCEPTION, Permissions.ALL));
    service.create("1", new WriteRule("1", "2", null, null, null));
    assertThat(policies.rules(List.of(1L)).get(1L))
        .extracting(Rule::mask)
        .containsExactly(Rule.CLEAR, null);
  }

  @ParameterizedTest
  @CsvSource({
    "7,1,1,role,Role '7' does not exist",
    "1,7,1,dataElement,Data element '7' does not exist",
    "1,1,7,mask,Mask '7' does not exist"
  })
  void whatDoesNotExistIsNamed(
      String role, String element, String mask, String member, String detail) {
    var problem =
        problem(
            PimProblem.UNKNOWN_REFERENCE,
            () -> service.create("1", new WriteRule(role, element, mask, null, null)));
    assertThat(problem.member()).contains(member);
    assertThat(problem.detail()).isEqualTo(detail);
  }

  @Test
  void theProtectedValueOfAnEncryptedElementCannotBeHandedOut() {
    var problem =
        problem(
            PimProblem.PROTECTED_VALUE_REFUSED,
            () ->
                service.create(
                    "1", new WriteRule("1", "2", null, NoAccessOperation.PROTECTED_VALUE, null)));
    assertThat(problem.member()).contains("noAccessOperation");
    service.create("1", new WriteRule("1", "1", null, NoAccessOperation.PROTECTED_VALUE, null));
  }

  @Test
  void roleAndDataElementAreTheKey() {
    service.create("1", rule("1", "1", NoAccessOperation.NULL_VALUE, Permissions.ALL));
    problem(
        PimProblem.ALREADY_EXISTS,
        () -> service.create("1", rule("1", "0", NoAccessOperation.EXCEPTION, Permissions.ALL)));
    service.change(
        "1", rule("1", "0", NoAccessOperation.EXCEPTION, Permissions.NONE), version -> {});
    assertThat(list("1"))
        .extracting(RuleView::noAccessOperation)
        .containsExactly(NoAccessOperation.EXCEPTION);
    problem(
        PimProblem.OBJECT_NOT_FOUND,
        () -> service.change("1", new WriteRule("1", "2", null, null, null), version -> {}));
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.delete("1", "1", "2", version -> {}));
    problem(CommonProblem.INVALID_PARAMETER, () -> service.delete("1", "1", null, version -> {}));
    service.delete("1", "1", "1", version -> {});
    assertThat(list("1")).isEmpty();
  }

  @Test
  void theRulesOfARoleOrADataElementCanBeAskedFor() {
    service.create("1", rule("1", "1", NoAccessOperation.NULL_VALUE, Permissions.ALL));
    service.create("1", new WriteRule("1", "2", null, null, null));
    var both = service.list("1", "1", null);
    assertThat(both).hasSize(2);
    assertThat(service.list("1", "7", null)).isEmpty();
    assertThat(service.list("1", "1", "7")).isEmpty();
    assertThat(service.page("1", "x", null, new Page(0, 1)))
        .isEqualTo(new RuleService.Listing(List.of(), 0));
    assertThat(service.page("1", "1", null, new Page(1, 1)))
        .isEqualTo(new RuleService.Listing(both.subList(1, 2), 2));
  }

  @Test
  void aPolicyThatDoesNotExistIs404() {
    problem(PimProblem.OBJECT_NOT_FOUND, () -> list("2"));
    problem(
        PimProblem.OBJECT_NOT_FOUND,
        () -> service.create("2", new WriteRule("1", "1", null, null, null)));
  }

  @Test
  void aRuleRefersToItsRoleElementAndMask() {
    service.create("1", rule("1", "1", NoAccessOperation.NULL_VALUE, Permissions.ALL));
    assertThat(service.referrerTo(ObjectType.ROLE, 1))
        .contains("the rule of policy '1' for role '1' and data element '1'");
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 1)).isPresent();
    assertThat(service.referrerTo(ObjectType.MASK, 1)).isPresent();
    assertThat(service.referrerTo(ObjectType.DATA_ELEMENT, 2)).isEmpty();
    assertThat(service.referrerTo(ObjectType.SOURCE, 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NULL_VALUE,NULL_VALUE",
    "null_value,NULL_VALUE",
    "NULL,NULL_VALUE",
    "Exception,EXCEPTION",
    "PROTECTED_VALUE,PROTECTED_VALUE"
  })
  void theNoAccessOperationIsReadInEverySpelling(String text, NoAccessOperation operation)
      throws IOException {
    assertThat(
            read("{\"role\":\"1\",\"dataElement\":\"1\",\"noAccessOperation\":\"" + text + "\"}")
                .operation())
        .isEqualTo(operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"noAccessOperation\":\"CLEAR\"} | noAccessOperation",
        "{\"noAccessOperation\":1} | noAccessOperation",
        "{\"permission\":{\"access\":{\"protect\":\"yes\"}}} | permission.access.protect"
      })
  void whatIsNoRuleIsNamed(String body, String member) {
    assertThat(problem(CommonProblem.INVALID_VALUE, () -> read(body)).member()).contains(member);
  }

  @Test
  void aMisspeltPermissionIsNeverIgnored() {
    assertThat(
            problem(
                    CommonProblem.INVALID_VALUE,
                    () ->
                        read(
                            "{\"permission\":{\"access\":{\"protect\":true,\"reProtect\":true,"
                                + "\"unprotect\":true}}}"))
                .member())
        .contains("permission.access.unProtect");
  }

  private static WriteRule rule(
      String element, String mask, NoAccessOperation operation, Permissions access) {
    return new WriteRule("1", element, mask, operation, new WriteGrants(access, null));
  }

  private static WriteRule read(String body) throws IOException {
    return read(WriteRule.class, body);
  }

  private static <T> T read(Class<T> of, String body) throws IOException {
    return of.cast(
        new StrictJson(List.of())
            .read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), of));
  }

  private static final class InMemoryPolicies extends InMemoryObjects<Policy>
      implements PolicyRepository {
    InMemoryPolicies() {
      super(ObjectType.POLICY);
    }
  }

  private static final class InMemoryRules implements RuleRepository {
    private final List<PolicyRule> rules = new ArrayList<>();

    @Override
    public Set<Long> rolesOfPolicies(Collection<Long> policyIds) {
      return ofPolicies(policyIds).stream().map(PolicyRule::roleId).collect(toSet());
    }

    @Override
    public Map<Long, List<Rule>> definitions(Collection<Long> policyIds) {
      return ofPolicies(policyIds).stream()
          .collect(groupingBy(PolicyRule::policyId, mapping(PolicyRule::definition, toList())));
    }

    private List<PolicyRule> ofPolicies(Collection<Long> policyIds) {
      return rules.stream().filter(rule -> policyIds.contains(rule.policyId())).toList();
    }

    @Override
    public List<Versioned<Rule>> ofPolicy(
        long policyId, Long roleId, Long dataElementId, Page page) {
      return ofPolicies(List.of(policyId)).stream()
          .filter(rule -> roleId == null || rule.roleId() == roleId)
          .filter(rule -> dataElementId == null || rule.dataElementId() == dataElementId)
          .skip(page == null ? 0 : page.first())
          .limit(page == null ? Long.MAX_VALUE : page.max())
          .map(rule -> new Versioned<>(rule.version(), rule.definition()))
          .toList();
    }

    @Override
    public long count(long policyId, Long roleId, Long dataElementId) {
      return ofPolicy(policyId, roleId, dataElementId, null).size();
    }

    @Override
    public Optional<PolicyRule> find(long policyId, long roleId, long dataElementId) {
      return ofPolicies(List.of(policyId)).stream()
          .filter(rule -> rule.roleId() == roleId && rule.dataElementId() == dataElementId)
          .findFirst();
    }

    @Override
    public void add(PolicyRule rule) {
      rules.add(rule);
    }

    @Override
    public void write(PolicyRule rule) {
      assertThat(rules).contains(rule);
    }

    @Override
    public void remove(PolicyRule rule) {
      rules.remove(rule);
    }

    @Override
    public void removeAll(long policyId) {
      rules.removeIf(rule -> rule.policyId() == policyId);
    }

    @Override
    public Optional<PolicyRule> naming(ObjectType type, long id) {
      return rules.stream()
          .filter(
              rule ->
                  switch (type) {
                    case ROLE -> rule.roleId() == id;
                    case DATA_ELEMENT -> rule.dataElementId() == id;
                    case MASK -> rule.maskId() != null && rule.maskId() == id;
                    default -> false;
                  })
          .findFirst();
    }
  }

  private List<RuleView> list(String policy) {
    return service.list(policy, null, null).stream().map(Versioned::view).toList();
  }

  private static final class OneRole implements Roles {
    @Override
    public long referenced(String uid, String member) {
      if (!uid.equals("1")) {
        throw ObjectType.ROLE.unknown(uid, member);
      }
      return 1;
    }

    @Override
    public long pathNamed(String uid) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> automatic() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<RoleDefinition> definitions(Collection<Long> ids) {
      throw new UnsupportedOperationException();
    }
  }

  /** 1 is a token, 2 is encrypted, 3 is a hash. */
  private static final class ThreeElements implements DataElements {
    @Override
    public DataElement referenced(String uid, String member) {
      return switch (uid) {
        case "1" ->
            new DataElement("1", "one", new AlphaNumericToken(null, null, null, null, null));
        case "2" -> new DataElement("2", "two", new Aes256GcmEnc());
        case "3" -> new DataElement("3", "three", new HmacSha256());
        default -> throw ObjectType.DATA_ELEMENT.unknown(uid, member);
      };
    }

    @Override
    public List<DataElement> definitions(Collection<Long> ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<Long, Long> newestKeys(Collection<Long> ids) {
      throw new UnsupportedOperationException();
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
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, ElementKeys> openKeys(Collection<Long> ids, long lastKeyId) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class OneMask implements Masks {
    @Override
    public long referenced(String uid, String member) {
      if (!uid.equals("1")) {
        throw ObjectType.MASK.unknown(uid, member);
      }
      return 1;
    }

    @Override
    public List<PolicyMask> definitions(Collection<Long> ids) {
      throw new UnsupportedOperationException();
    }
  }
}
