package bulla.pim.source;

import java.util.HashMap;
import java.util.Map;

/** Connections for tests. */
final class Connections {
  private Connections() {}

  static SourceConnection files(String userFile, String groupFile) {
    var members = new HashMap<String, Object>();
    members.put("userFile", userFile);
    members.put("groupFile", groupFile);
    return ConnectionMembers.connection(members);
  }

  /** The connection with these members, as they were sent. */
  static SourceConnection of(Map<String, Object> members) {
    return ConnectionMembers.connection(members);
  }

  /** The connection with these members and what absent ones mean. */
  static SourceConnection complete(SourceType type, Map<String, Object> members) {
    return ConnectionRules.complete(type, of(members));
  }
}
