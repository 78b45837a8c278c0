package bulla.resilientpackage.access;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.AlphaNumericToken;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The published expectations of the sample users, each with its own rights. */
class WorkedAccessTableTest {
  private static final List<String> PII = List.of("name", "email", "phone", "passport");
  private static final List<String> SOME_PII = List.of("city", "zipcode");
  private static final List<String> PCI = List.of("ccn", "iban");
  private static final String TEXT = "text";
  private static final Permissions PROTECT = new Permissions(true, false, false);
  private static final Permissions UNPROTECT = new Permissions(false, false, true);

  private final AccessTable table = AccessTable.of(policy());

  @ParameterizedTest(name = "{0} and {1}")
  @CsvFileSource(
      resources = "worked-table.csv",
      useHeadersInDisplayName = false,
      numLinesToSkip = 5)
  void everySampleUserHasThePublishedRights(
      String user, String element, String protect, String unprotect) {
    Access access = table.access(user, element);
    assertThat(protectAnswer(access)).isEqualTo(protect);
    assertThat(unprotectAnswer(access)).isEqualTo(unprotect);
  }

  private static String protectAnswer(Access access) {
    if (access instanceof ElementAccess known) {
      return known.access().protect() ? "yes" : "3";
    }
    return code(access);
  }

  private static String unprotectAnswer(Access access) {
    if (access instanceof ElementAccess known) {
      if (known.access().unProtect()) {
        return "clear";
      }
      return switch (known.noAccessOperation()) {
        case NULL_VALUE -> "null";
        case PROTECTED_VALUE -> "protected";
        case EXCEPTION -> "error";
      };
    }
    return code(access);
  }

  private static String code(Access access) {
    return Integer.toString(((AccessRefused) access).code().number());
  }

  private static PolicySnapshot policy() {
    List<DataElement> elements = new ArrayList<>();
    for (List<String> names : List.of(PII, SOME_PII, PCI)) {
      for (String name : names) {
        elements.add(
            new DataElement(
                uid(elements), name, new AlphaNumericToken(null, null, null, null, null)));
      }
    }
    elements.add(new DataElement(uid(elements), TEXT, new Aes256GcmEnc()));
    List<Rule> rules = new ArrayList<>();
    for (DataElement element : elements) {
      boolean pci = PCI.contains(element.name());
      boolean some = SOME_PII.contains(element.name());
      boolean text = TEXT.equals(element.name());
      NoAccessOperation none = NoAccessOperation.NULL_VALUE;
      rules.add(rule("1", element, PROTECT, text ? none : NoAccessOperation.PROTECTED_VALUE));
      rules.add(rule("2", element, text ? Permissions.NONE : UNPROTECT, none));
      rules.add(rule("3", element, some ? UNPROTECT : Permissions.NONE, none));
      rules.add(rule("4", element, pci || text ? Permissions.NONE : UNPROTECT, none));
      rules.add(rule("5", element, Permissions.ALL, none));
      rules.add(rule("6", element, Permissions.NONE, none));
    }
    return new PolicySnapshot(
        elements,
        List.of(),
        List.of(
            new PolicyRole("1", "protectors", false, List.of("admin", "devops", "jay.banerjee")),
            new PolicyRole("2", "finance", false, List.of("finance", "robin.goodwill")),
            new PolicyRole("3", "marketing", false, List.of("marketing", "merlin.ishida")),
            new PolicyRole("4", "hr", false, List.of("hr", "paloma.torres")),
            new PolicyRole("5", "superuser", false, List.of("superuser")),
            new PolicyRole("6", "unauthorized", true, List.of())),
        rules,
        List.of());
  }

  private static String uid(List<DataElement> elements) {
    return Integer.toString(elements.size() + 1);
  }

  private static Rule rule(
      String role, DataElement element, Permissions access, NoAccessOperation noAccess) {
    return new Rule(
        role, element.uid(), null, noAccess, new RulePermission(access, AuditFlags.NONE));
  }
}
