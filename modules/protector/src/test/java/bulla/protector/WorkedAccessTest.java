package bulla.protector;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.CodePoints;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published expectations of the sample users, as the table of the policy's own test has them,
 * of a protector with a real package: for each method of protection that such a data element can
 * have, but for printable, binary and integer tokens, whose tables take seconds. What may not be
 * handed out in its protected form is in the place of the encrypted text.
 */
class WorkedAccessTest {
  private static final Path TABLE =
      Path.of(
          "../resilientpackage/src/test/resources/bulla/resilientpackage/access/worked-table.csv");
  private static final Set<String> PII = Set.of("name", "email", "phone", "passport");
  private static final Set<String> SOME_PII = Set.of("city", "zipcode");
  private static final Set<String> PCI = Set.of("ccn", "iban");
  private static final Permissions PROTECT = new Permissions(true, false, false);
  private static final Permissions UNPROTECT = new Permissions(false, false, true);

  @TempDir private Path directory;

  /** One line of the table. */
  private record Expected(String user, String element, String protect, String unprotect) {}

  @Test
  void everySampleUserIsAnsweredAsPublishedWhateverTheMethod() throws IOException {
    List<Expected> table =
        Files.readAllLines(TABLE).stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("user,"))
            .map(line -> line.split(",", -1))
            .map(row -> new Expected(row[0], row[1], row[2], row[3]))
            .toList();
    assertThat(table).hasSizeGreaterThan(30);
    Map<String, EveryMethod> elements = elements();
    var workshop = PackageWorkshop.in(directory);
    try (Protector protector =
        Protector.open(
            workshop.seal("rps.json", 3, policy(elements)),
            PemDecryptor.of(workshop.privateKey()),
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state(),
            AuditSink.none())) {
      for (Expected expected : table) {
        Session session = protector.session(expected.user());
        String kind = kindOf(expected.element());
        if (kind.isEmpty()) {
          assertThat(answer(() -> session.protect(expected.element(), "anna")))
              .isEqualTo(expected.protect());
          assertThat(answer(() -> session.unprotect(expected.element(), "anna")))
              .isEqualTo(expected.unprotect());
        }
        elements.forEach(
            (element, method) -> {
              if (element.startsWith(kind + " ")) {
                requireAnswers(expected, protector.session("superuser"), session, element, method);
              }
            });
      }
    }
  }

  private static void requireAnswers(
      Expected expected, Session owner, Session session, String element, EveryMethod method) {
    String value = owner.protect(element, method.clear());
    String protecting = answer(() -> session.protect(element, method.clear()));
    if (!expected.protect().equals("yes")) {
      assertThat(protecting).as("%s, %s", expected, method).isEqualTo(expected.protect());
    } else if (method.isHash()) {
      assertThat(protecting).as("%s, %s", expected, method).isEqualTo(value);
    } else {
      assertThat(owner.unprotect(element, protecting)).isEqualTo(method.clear());
    }
    String answer =
        switch (expected.unprotect()) {
          case "clear" -> method.isHash() ? "26" : method.clear();
          case "protected" -> value;
          case "error" -> "3";
          default -> expected.unprotect();
        };
    assertThat(answer(() -> session.unprotect(element, value)))
        .as("%s, %s", expected, method)
        .isEqualTo(answer);
  }

  /** What it gives: the value, the word null, or the code of a refusal. */
  private static String answer(Supplier<String> call) {
    try {
      return String.valueOf(call.get());
    } catch (ProtectorException e) {
      return Integer.toString(e.code().number());
    }
  }

  /** One data element of each method, those that may be handed out in turn of the three kinds. */
  private static Map<String, EveryMethod> elements() {
    Map<String, EveryMethod> elements = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    List<String> kinds = List.of("pii", "some", "pci");
    for (EveryMethod one : EveryMethod.ALL) {
      boolean returnable = one.method().protectedValueIsReturnable();
      // One of each kind, and none whose tables take seconds.
      if (one.isQuick() && keys.add(one.method().key() + returnable)) {
        String kind = returnable ? kinds.get(elements.size() % kinds.size()) : "text";
        elements.put(kind + " " + one.method().key(), one);
      }
    }
    return elements;
  }

  private static String kindOf(String element) {
    if (PII.contains(element)) {
      return "pii";
    }
    if (SOME_PII.contains(element)) {
      return "some";
    }
    return PCI.contains(element) ? "pci" : element.equals("text") ? "text" : "";
  }

  private static PolicySnapshot policy(Map<String, EveryMethod> methods) {
    List<DataElement> elements = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    methods.forEach(
        (name, one) -> {
          String uid = Integer.toString(elements.size() + 1);
          elements.add(new DataElement(uid, name, one.method()));
          boolean text = name.startsWith("text");
          boolean pci = name.startsWith("pci");
          NoAccessOperation none = NoAccessOperation.NULL_VALUE;
          rules.add(rule("1", uid, PROTECT, text ? none : NoAccessOperation.PROTECTED_VALUE));
          rules.add(rule("2", uid, text ? Permissions.NONE : UNPROTECT, none));
          rules.add(rule("3", uid, name.startsWith("some") ? UNPROTECT : Permissions.NONE, none));
          rules.add(rule("4", uid, pci || text ? Permissions.NONE : UNPROTECT, none));
          rules.add(rule("5", uid, Permissions.ALL, none));
          rules.add(rule("6", uid, Permissions.NONE, none));
        });
    return new PolicySnapshot(
        elements,
        List.of(),
        List.of(new PolicyAlphabet("1", "han", CodePoints.parse("4E00-9FFF"))),
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

  private static Rule rule(
      String role, String element, Permissions access, NoAccessOperation noAccess) {
    return new Rule(role, element, null, noAccess, new RulePermission(access, AuditFlags.NONE));
  }
}
