package bulla.pim.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.http.Page;
import bulla.commonops.problem.Problem;
import bulla.pim.PimOnDerby;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.mask.WriteMask;
import bulla.pim.object.Versioned;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AlphaNumericToken;
import bulla.protection.HmacSha1;
import bulla.protection.HmacSha256;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules as a deploy reads them, on a real database. */
class StoredRulesTest {
  private static final int FLAGS = 9;

  @Test
  void eachFlagAndEachKindOfMaskIsReadAsItWasWritten() {
    try (var server = new PimOnDerby()) {
      server.call("role.RoleService", "create", new WriteRole("r", null, RoleMode.MANUAL, false));
      server.call("mask.MaskService", "create", new WriteMask("m", null, 1, 1, false, "*"));
      server.call("policy.PolicyService", "create", new WritePolicy("p", null, null));
      server.call("policy.PolicyService", "create", new WritePolicy("empty", null, null));
      List<Rule> written = new ArrayList<>();
      for (int i = 0; i < FLAGS; i++) {
        String element = Integer.toString(i + 1);
        server.call(
            "dataelement.DataElementService",
            "create",
            new CreateDataElement("e" + element, null, new Aes256GcmEnc()));
        var permission =
            new RulePermission(
                permissions(i), new AuditFlags(permissions(i - 3), permissions(i - 6)));
        String mask = i % 3 == 0 ? null : i % 3 == 1 ? Rule.CLEAR : "1";
        NoAccessOperation operation =
            i % 2 == 0 ? NoAccessOperation.EXCEPTION : NoAccessOperation.NULL_VALUE;
        server.call(
            "policy.RuleService",
            "create",
            "1",
            new WriteRule(
                "1",
                element,
                mask,
                operation,
                new WriteGrants(permission.access(), permission.audit())));
        written.add(new Rule("1", element, mask, operation, permission));
      }
      var read = (Map<?, ?>) server.call("policy.PolicyService", "rules", List.of(1L, 2L));
      assertThat(read.keySet()).isEqualTo(Set.of(1L));
      assertThat(Set.copyOf((List<?>) read.get(1L))).isEqualTo(Set.copyOf(written));
      assertThat(server.call("policy.PolicyService", "roles", List.of(1L, 2L)))
          .isEqualTo(Set.of(1L));
    }
  }

  @Test
  void aPageIsAPartOfTheListWithTheLengthOfTheWhole() throws SQLException {
    try (var server = new PimOnDerby()) {
      fill(server);
      var rules = server.list(Versioned.class, "policy.RuleService", "list", "1", null, null);
      assertThat(rules).hasSize(5);
      for (int first : List.of(0, 3, 5, 9)) {
        assertThat(server.call("policy.RuleService", "page", "1", null, null, new Page(first, 2)))
            .hasToString(
                "Listing[rules="
                    + rules.subList(Math.min(first, 5), Math.min(first + 2, 5))
                    + ", total=5]");
      }
      assertThat(server.call("policy.RuleService", "page", "1", "1", "3", new Page(0, 2)))
          .hasToString("Listing[rules=" + rules.subList(2, 3) + ", total=1]");
      server.sql(
          "insert into pim_source (version, name, name_key, source_type) values (1, 's', 's',"
              + " 'FILE')");
      for (String name : List.of("anna", "bob", "carol")) {
        server.sql(
            "insert into pim_role_member (role_id, source_id, member_type, name, name_key) values"
                + " (1, 1, 'USER', '%1$s', '%1$s')".formatted(name));
      }
      List<?> members = (List<?>) server.call("role.MemberService", "list", "1");
      assertThat(server.call("role.MemberService", "page", "1", new Page(1, 1)))
          .hasToString("Listing[members=" + members.subList(1, 2) + ", total=3]");
    }
  }

  @Test
  void aRuleThatIsMadeAgainIsNotTheOneThatWasRead() throws SQLException {
    try (var server = new PimOnDerby()) {
      fill(server);
      Supplier<String> listed =
          () ->
              server.list(Object.class, "policy.RuleService", "list", "1", "1", "2").stream()
                  .map(rule -> ((Versioned<?>) rule).version())
                  .collect(Collectors.joining());
      var wanted = new WriteRule("1", "2", null, null, null);
      String first = listed.get();
      server.call("policy.RuleService", "delete", "1", "1", "2", tagged(first));
      var again = (Versioned<?>) server.call("policy.RuleService", "create", "1", wanted);
      assertThat(again.version()).isEqualTo(listed.get()).isNotEqualTo(first);
      assertThatThrownBy(
              () -> server.call("policy.RuleService", "change", "1", wanted, tagged(first)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> server.call("policy.RuleService", "delete", "1", "1", "2", tagged(first)))
          .isInstanceOf(IllegalArgumentException.class);
      server.sql("update pim_rule set version = version + 1");
      assertThat(listed.get()).isNotEqualTo(again.version());
      server.call("policy.RuleService", "delete", "1", "1", "2", tagged(listed.get()));
    }
  }

  /** Accepts a rule of this version alone. */
  private static Consumer<String> tagged(String version) {
    return found -> {
      if (!found.equals(version)) {
        throw new IllegalArgumentException(found);
      }
    };
  }

  @Test
  void theNumberOfRulesFollowsThem() throws Exception {
    try (var server = new PimOnDerby()) {
      fill(server);
      var any = new PimOnDerby.AnyVersion();
      server.call("policy.RuleService", "delete", "1", "1", "2", any);
      assertThat(total(server)).isEqualTo(4);
      assertThatThrownBy(() -> create(server, "1")).isInstanceOf(Problem.class);
      assertThat(total(server)).isEqualTo(4);
      create(server, "2");
      assertThat(total(server)).isEqualTo(5);
      server.sql("delete from pim_rule_count");
      server.sql(PimOnDerby.migration("V7__large_policies.sql", "insert into pim_rule_count"));
      assertThat(total(server)).isEqualTo(5);
      server.call("policy.PolicyService", "delete", "1", any);
      server.call("policy.PolicyService", "create", new WritePolicy("p", null, null));
      assertThat(
              server.call("policy.RuleService", "page", "2", null, null, new Page(0, 1)).toString())
          .endsWith("total=0]");
    }
  }

  /** As a page that is full says it, because only that one looks it up. */
  private static int total(PimOnDerby server) {
    String listing =
        server.call("policy.RuleService", "page", "1", null, null, new Page(0, 1)).toString();
    return Integer.parseInt(listing.replaceAll(".*total=([0-9]+)]", "$1"));
  }

  private static void create(PimOnDerby server, String element) {
    server.call("policy.RuleService", "create", "1", new WriteRule("1", element, null, null, null));
  }

  @Test
  void aHashFromBeforeOnlyItsMakingCouldBeGrantedIsMadeAlone() throws Exception {
    try (var server = new PimOnDerby()) {
      fill(server);
      server.sql(
          "update pim_rule set access_protect = true, access_re_protect = true,"
              + " access_un_protect = true");
      var before = server.list(Versioned.class, "policy.RuleService", "list", "1", null, null);
      server.sql(
          PimOnDerby.migration("V6__grants_of_hashes_and_order_of_rules.sql", "update pim_rule"));
      var after = server.list(Versioned.class, "policy.RuleService", "list", "1", null, null);
      for (int i = 0; i < after.size(); i++) {
        boolean hash = i >= after.size() - 2;
        assertThat(((RuleView) after.get(i).view()).permission().access())
            .isEqualTo(hash ? new Permissions(true, false, false) : Permissions.ALL);
        assertThat(after.get(i).version().equals(before.get(i).version())).isEqualTo(!hash);
      }
    }
  }

  /** Rules of one role for five elements, of which the last two are hashes. */
  private static void fill(PimOnDerby server) {
    server.call("role.RoleService", "create", new WriteRole("r", null, RoleMode.MANUAL, false));
    server.call("policy.PolicyService", "create", new WritePolicy("p", null, null));
    List<ProtectionMethod> methods =
        List.of(
            new Aes256GcmEnc(),
            new AlphaNumericToken(null, null, null, null, null),
            new NoEnc(null),
            new HmacSha1(),
            new HmacSha256());
    for (int i = 1; i <= methods.size(); i++) {
      String element = Integer.toString(i);
      server.call(
          "dataelement.DataElementService",
          "create",
          new CreateDataElement("e" + element, null, methods.get(i - 1)));
      create(server, element);
    }
  }

  private static Permissions permissions(int set) {
    return new Permissions(set == 0, set == 1, set == 2);
  }
}
