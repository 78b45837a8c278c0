package bulla.identity.permission;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A permission in the published shape.
 *
 * @param id a UUID that stays the same on every server
 * @param name the name that roles refer to
 * @param description what it allows; absent where none is published
 * @param composite always false
 * @param clientRole always true
 * @param containerId the same for all
 */
public record PermissionView(
    String id,
    String name,
    @JsonInclude(JsonInclude.Include.NON_NULL) String description,
    boolean composite,
    boolean clientRole,
    String containerId) {
  private static final String CONTAINER_ID = uuid("bulla:permissions");

  static PermissionView of(PublishedPermission permission) {
    return new PermissionView(
        uuid("bulla:permission:" + permission.publishedName()),
        permission.publishedName(),
        permission.description().orElse(null),
        false,
        true,
        CONTAINER_ID);
  }

  private static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
