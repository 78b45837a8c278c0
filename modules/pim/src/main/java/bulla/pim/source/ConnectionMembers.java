package bulla.pim.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A connection as its members by their names, in the order of the record: what a rule for all
 * members needs, and the form in which the database keeps them.
 */
final class ConnectionMembers {
  /** The members that are never shown and kept apart. */
  static final Set<String> SECRETS = Set.of("password", "clientSecret");

  private static final RecordComponent[] COMPONENTS = SourceConnection.class.getRecordComponents();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ConnectionMembers() {}

  /** The members that are there. */
  static Map<String, Object> of(SourceConnection connection) {
    var members = new LinkedHashMap<String, Object>();
    for (RecordComponent component : COMPONENTS) {
      try {
        Object value = component.getAccessor().invoke(connection);
        if (value != null) {
          members.put(component.getName(), value);
        }
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(component + " cannot be read", impossible);
      }
    }
    return members;
  }

  /** The connection with these members. */
  static SourceConnection connection(Map<String, Object> members) {
    try {
      return SourceConnection.class
          .getDeclaredConstructor(
              Arrays.stream(COMPONENTS).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(
              Arrays.stream(COMPONENTS)
                  .map(component -> members.get(component.getName()))
                  .toArray());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("A connection cannot be made", impossible);
    }
  }

  /** The connection without its secrets. */
  static SourceConnection shown(SourceConnection connection) {
    var members = of(connection);
    members.keySet().removeAll(SECRETS);
    return connection(members);
  }

  /** As the database keeps it, without the secrets. */
  static String text(SourceConnection connection) {
    try {
      return JSON.writeValueAsString(shown(connection));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A connection that cannot be written", impossible);
    }
  }

  /** Reads what {@link #text} wrote. */
  static SourceConnection parse(String text) {
    try {
      return JSON.readValue(text, SourceConnection.class);
    } catch (JsonProcessingException altered) {
      throw new IllegalStateException("The database has a connection that cannot be read", altered);
    }
  }

  /** Those members that say where the secret goes to, and what a database does in its name. */
  static Map<String, Object> destination(SourceConnection connection) {
    var members = new TreeMap<>(of(connection));
    members
        .keySet()
        .retainAll(
            Set.of(
                "vendor",
                "host",
                "port",
                "useTls",
                "useSsl",
                "bindDn",
                "userName",
                "tenantId",
                "clientId",
                "environment",
                "dsn",
                "properties",
                "usersQuery",
                "groupsQuery"));
    return members;
  }
}
