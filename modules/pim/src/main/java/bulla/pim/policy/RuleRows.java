package bulla.pim.policy;

import bulla.pim.object.Uid;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes rules of rows, without the entities in between: a large policy has a hundred thousand,
 * which share a few uids and permissions.
 */
final class RuleRows {
  /** The columns of {@code pim_rule} that {@link #rule} takes; a row may go on. */
  static final String COLUMNS =
      "policy_id, role_id, data_element_id, mask_id, unmasked, no_access_operation,"
          + " access_protect, access_re_protect, access_un_protect,"
          + " success_protect, success_re_protect, success_un_protect,"
          + " failed_protect, failed_re_protect, failed_un_protect";

  private static final int FIRST_FLAG = 6;
  private static final int FLAGS = 9;

  /** How many columns {@link #COLUMNS} has. */
  static final int WIDTH = FIRST_FLAG + FLAGS;

  private final Map<Long, List<Rule>> byPolicy = new HashMap<>();
  private final Map<Long, String> uids = new HashMap<>();
  private final Map<Integer, RulePermission> permissions = new HashMap<>();

  void add(Object[] row) {
    byPolicy.computeIfAbsent((Long) row[0], policy -> new ArrayList<>()).add(rule(row));
  }

  Rule rule(Object[] row) {
    String mask = (Boolean) row[4] ? Rule.CLEAR : row[3] == null ? null : uid(row[3]);
    return new Rule(
        uid(row[1]),
        uid(row[2]),
        mask,
        NoAccessOperation.valueOf((String) row[5]),
        permission(row));
  }

  /** The rules of each policy that has some. */
  Map<Long, List<Rule>> byPolicy() {
    return byPolicy;
  }

  private String uid(Object number) {
    return uids.computeIfAbsent((Long) number, Uid::of);
  }

  private RulePermission permission(Object[] row) {
    int flags = 0;
    for (int i = 0; i < FLAGS; i++) {
      flags |= (Boolean) row[FIRST_FLAG + i] ? 1 << i : 0;
    }
    return permissions.computeIfAbsent(
        flags,
        bits ->
            new RulePermission(
                permissions(bits), new AuditFlags(permissions(bits >> 3), permissions(bits >> 6))));
  }

  private static Permissions permissions(int bits) {
    return new Permissions((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
  }
}
