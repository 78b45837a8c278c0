package bulla.pim.policy;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.PimOnDerby;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.mask.WriteMask;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.Aes256GcmEnc;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static Permissions permissions(int set) {
    return new Permissions(set == 0, set == 1, set == 2);
  }
}
