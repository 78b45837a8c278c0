package bulla.resilientpackage.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.protection.NumericToken;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AccessTableTest {
  private static final Permissions PROTECT = new Permissions(true, false, false);
  private static final Permissions REPROTECT = new Permissions(false, true, false);
  private static final Permissions UNPROTECT = new Permissions(false, false, true);
  private static final NoAccessOperation NULL = NoAccessOperation.NULL_VALUE;
  private static final Mask ENDS = new Mask(2, 2, false, "*");
  private static final Mask MIDDLE = new Mask(2, 2, true, "*");
  private static final List<PolicyMask> MASKS =
      List.of(
          new PolicyMask("1", "ENDS", ENDS),
          new PolicyMask("2", "MIDDLE", MIDDLE),
          new PolicyMask("3", "ENDS_AGAIN", new Mask(2, 2, false, "*")));
  private static final DataElement CARD =
      new DataElement("1", "card", new NumericToken(null, null, null, null, null));
  private static final DataElement NOTE = new DataElement("2", "note", new NoEnc("1"));

  @Test
  void theRightsOfSeveralRolesAddUp() {
    var table =
        table(
            roles(role("1", "ann"), role("2", "ann"), role("3", "ann")),
            rule("1", CARD, null, PROTECT),
            rule("2", CARD, null, REPROTECT),
            rule("3", CARD, null, UNPROTECT));
    assertThat(rights(table, "ann", "card").access()).isEqualTo(Permissions.ALL);
  }

  @Test
  void theRulesOfSeveralPoliciesForOneRoleAddUp() {
    var table =
        table(
            roles(role("1", "ann")),
            rule("1", CARD, null, PROTECT),
            rule("1", CARD, null, UNPROTECT));
    assertThat(rights(table, "ann", "card").access()).isEqualTo(new Permissions(true, false, true));
  }

  @Test
  void theMaskOfTheRuleBeatsThatOfTheDataElement() {
    var table = table(roles(role("1", "ann")), rule("1", NOTE, "2", UNPROTECT));
    assertThat(rights(table, "ann", "note").maskOrNull()).isEqualTo(MIDDLE);
  }

  @Test
  void aRuleWithoutAMaskLeavesThatOfTheDataElement() {
    var table =
        table(
            roles(role("1", "ann")),
            rule("1", NOTE, null, UNPROTECT),
            rule("1", CARD, null, UNPROTECT));
    assertThat(rights(table, "ann", "note").maskOrNull()).isEqualTo(ENDS);
    assertThat(rights(table, "ann", "card").maskOrNull()).isNull();
  }

  @Test
  void theMaskZeroMeansClear() {
    var table = table(roles(role("1", "ann")), rule("1", NOTE, Rule.CLEAR, UNPROTECT));
    assertThat(rights(table, "ann", "note").maskOrNull()).isNull();
    assertThat(rights(table, "ann", "note").access().unProtect()).isTrue();
  }

  @Test
  void clearBeatsAMask() {
    var table =
        table(
            roles(role("1", "ann"), role("2", "ann")),
            rule("1", CARD, "1", UNPROTECT),
            rule("2", CARD, Rule.CLEAR, UNPROTECT));
    assertThat(rights(table, "ann", "card").maskOrNull()).isNull();
    assertThat(table.warnings()).isEmpty();
  }

  @Test
  void clearBeatsEvenTwoDifferentMasks() {
    var table =
        table(
            roles(role("1", "ann"), role("2", "ann"), role("3", "ann")),
            rule("1", CARD, "1", UNPROTECT),
            rule("2", CARD, "2", UNPROTECT),
            rule("3", CARD, null, UNPROTECT));
    assertThat(rights(table, "ann", "card").access().unProtect()).isTrue();
    assertThat(table.warnings()).isEmpty();
  }

  @Test
  void twoMasksThatMaskAlikeAreOne() {
    var table =
        table(
            roles(role("1", "ann"), role("2", "ann")),
            rule("1", CARD, "1", UNPROTECT),
            rule("2", CARD, "3", UNPROTECT));
    assertThat(rights(table, "ann", "card").maskOrNull()).isEqualTo(ENDS);
    assertThat(table.warnings()).isEmpty();
  }

  @Test
  void twoDifferentMasksRevokeUnprotectAndGiveNull() {
    var table =
        table(
            roles(role("1", "ann", "bob"), role("2", "ann")),
            rule("1", CARD, "1", Permissions.ALL, NoAccessOperation.PROTECTED_VALUE),
            rule("2", CARD, "2", UNPROTECT, NoAccessOperation.EXCEPTION));
    assertThat(rights(table, "ann", "card"))
        .isEqualTo(
            new ElementAccess(new Permissions(true, true, false), null, NULL, AuditFlags.NONE));
    assertThat(rights(table, "bob", "card").maskOrNull()).isEqualTo(ENDS);
    assertThat(table.warnings())
        .containsExactly(
            "The masks for card contradict each other: who has the roles role1, role2 together"
                + " cannot unprotect it and gets null");
  }

  @Test
  void theMaskOfARoleThatDoesNotGrantUnprotectDoesNotCount() {
    var table =
        table(
            roles(role("1", "ann"), role("2", "ann")),
            rule("1", CARD, "1", UNPROTECT),
            rule("2", CARD, "2", PROTECT),
            rule("2", CARD, Rule.CLEAR, REPROTECT));
    assertThat(rights(table, "ann", "card").maskOrNull()).isEqualTo(ENDS);
    assertThat(table.warnings()).isEmpty();
  }

  @Test
  void theMostPermissiveNoAccessOperationWins() {
    var table =
        table(
            roles(role("1", "ann", "bob"), role("2", "ann", "bob"), role("3", "ann")),
            rule("1", CARD, null, PROTECT, NoAccessOperation.EXCEPTION),
            rule("2", CARD, null, PROTECT, NULL),
            rule("3", CARD, null, PROTECT, NoAccessOperation.PROTECTED_VALUE));
    assertThat(rights(table, "ann", "card").noAccessOperation())
        .isEqualTo(NoAccessOperation.PROTECTED_VALUE);
    assertThat(rights(table, "bob", "card").noAccessOperation()).isEqualTo(NULL);
  }

  @Test
  void auditFlagsAddUp() {
    var table =
        table(
            roles(role("1", "ann"), role("2", "ann")),
            new Rule(
                "1",
                "1",
                null,
                NULL,
                new RulePermission(PROTECT, new AuditFlags(PROTECT, Permissions.NONE))),
            new Rule(
                "2",
                "1",
                null,
                NULL,
                new RulePermission(PROTECT, new AuditFlags(UNPROTECT, REPROTECT))));
    assertThat(rights(table, "ann", "card").audit())
        .isEqualTo(new AuditFlags(new Permissions(true, false, true), REPROTECT));
  }

  @Test
  void anUnknownUserIsNotInThePolicyWhenNoRoleAllowsAll() {
    var table = table(roles(role("1", "ann")), rule("1", CARD, null, PROTECT));
    assertThat(refusal(table, "bob", "card")).isEqualTo(ReturnCode.USER_NOT_IN_POLICY);
    assertThat(refusal(table, "bob", "nothing")).isEqualTo(ReturnCode.USER_NOT_IN_POLICY);
  }

  @Test
  void anUnknownElementIsNotInThePolicy() {
    var table = table(roles(role("1", "ann")), rule("1", CARD, null, PROTECT));
    assertThat(refusal(table, "ann", "nothing")).isEqualTo(ReturnCode.ELEMENT_NOT_IN_POLICY);
    assertThat(refusal(table, "ann", "CARD")).isEqualTo(ReturnCode.ELEMENT_NOT_IN_POLICY);
  }

  @Test
  void anElementWithoutARuleForTheUserIsNotPermitted() {
    var table = table(roles(role("1", "ann")), rule("1", CARD, null, PROTECT));
    assertThat(refusal(table, "ann", "note")).isEqualTo(ReturnCode.NO_PERMISSION);
  }

  @Test
  void aRoleThatAllowsAllSuppliesItsRightsToAnyUnknownName() {
    var table = table(roles(everybody("9")), rule("9", CARD, null, PROTECT));
    assertThat(rights(table, "who.ever", "card").access()).isEqualTo(PROTECT);
    assertThat(refusal(table, "who.ever", "note")).isEqualTo(ReturnCode.NO_PERMISSION);
  }

  @Test
  void aRoleThatAllowsAllSuppliesItsRightsWhereNoOtherRoleHasTheElement() {
    var table =
        table(
            roles(role("1", "ann"), everybody("9")),
            rule("1", CARD, null, PROTECT),
            rule("9", CARD, null, UNPROTECT),
            rule("9", NOTE, "2", UNPROTECT));
    assertThat(rights(table, "ann", "card").access()).isEqualTo(PROTECT);
    assertThat(rights(table, "ann", "note").maskOrNull()).isEqualTo(MIDDLE);
    assertThat(rights(table, "bob", "card").access()).isEqualTo(UNPROTECT);
  }

  @Test
  void aRoleThatHasTheElementButGrantsNothingKeepsAllowAllAway() {
    var table =
        table(
            roles(role("1", "ann"), everybody("9")),
            rule("1", CARD, null, Permissions.NONE),
            rule("9", CARD, null, UNPROTECT));
    assertThat(rights(table, "ann", "card").access()).isEqualTo(Permissions.NONE);
  }

  @Test
  void severalRolesThatAllowAllAddUp() {
    var table =
        table(
            roles(everybody("8"), everybody("9")),
            rule("8", CARD, null, PROTECT),
            rule("9", CARD, null, UNPROTECT));
    assertThat(rights(table, "bob", "card").access()).isEqualTo(new Permissions(true, false, true));
  }

  @Test
  void aMemberOfARoleThatAllowsAllIsAMemberLikeAnyOther() {
    var table =
        table(
            roles(role("1", "ann"), new PolicyRole("9", "role9", true, List.of("ann"))),
            rule("1", CARD, null, PROTECT),
            rule("9", CARD, null, UNPROTECT));
    assertThat(rights(table, "ann", "card").access()).isEqualTo(new Permissions(true, false, true));
  }

  @Test
  void userNamesThatDifferInCaseOrUnicodeFormAreOneUserAndAWarning() {
    var table =
        table(
            roles(role("1", "Jose\u0301"), role("2", "JOS\u00c9")),
            rule("1", CARD, null, PROTECT),
            rule("2", CARD, null, UNPROTECT));
    assertThat(rights(table, "jos\u00e9", "card").access())
        .isEqualTo(new Permissions(true, false, true));
    assertThat(table.users()).hasSize(1);
    assertThat(table.warnings()).singleElement().asString().contains("JOS\u00c9");
  }

  @Test
  void usersWithTheSameRightsShareAProfile() {
    var table =
        table(
            roles(role("1", "ann", "bob"), role("2", "cid"), role("3", "ann")),
            rule("1", CARD, null, PROTECT),
            rule("2", CARD, null, PROTECT));
    assertThat(table.profiles()).hasSize(1);
    assertThat(table.users())
        .containsOnly(Map.entry("ann", 0), Map.entry("bob", 0), Map.entry("cid", 0));
  }

  @Test
  void aTableFromAPackageMustBeConsistent() {
    var builder = new AccessProfile.Builder();
    builder.add(0, new ElementAccess(PROTECT, null, NULL, AuditFlags.NONE));
    AccessProfile profile = builder.build();
    var none = OptionalInt.empty();
    UserIndex ann = UserIndex.of(Map.of("ann", 0));
    assertThat(AccessTable.of(List.of(profile), ann, none, List.of(CARD))).isNotNull();
    UserIndex other = UserIndex.of(Map.of("ann", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessTable.of(List.of(profile), other, none, List.of(CARD)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessTable.of(List.of(profile), ann, OptionalInt.of(-1), List.of(CARD)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessTable.of(List.of(profile), ann, none, List.of()));
  }

  private static ElementAccess rights(AccessTable table, String user, String element) {
    return (ElementAccess) table.access(user, element);
  }

  private static ReturnCode refusal(AccessTable table, String user, String element) {
    return ((AccessRefused) table.access(user, element)).code();
  }

  private static AccessTable table(List<PolicyRole> roles, Rule... rules) {
    return AccessTable.of(
        new PolicySnapshot(List.of(CARD, NOTE), MASKS, roles, List.of(rules), List.of()));
  }

  private static List<PolicyRole> roles(PolicyRole... roles) {
    return List.of(roles);
  }

  private static PolicyRole role(String uid, String... users) {
    return new PolicyRole(uid, "role" + uid, false, List.of(users));
  }

  private static PolicyRole everybody(String uid) {
    return new PolicyRole(uid, "role" + uid, true, List.of());
  }

  private static Rule rule(String role, DataElement element, String mask, Permissions access) {
    return rule(role, element, mask, access, NULL);
  }

  private static Rule rule(
      String role,
      DataElement element,
      String mask,
      Permissions access,
      NoAccessOperation noAccess) {
    return new Rule(
        role, element.uid(), mask, noAccess, new RulePermission(access, AuditFlags.NONE));
  }
}
