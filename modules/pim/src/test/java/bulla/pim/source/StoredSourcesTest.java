package bulla.pim.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.pim.PimOnDerby;
import bulla.pim.object.PlacedKeys;
import bulla.pim.object.References;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources on a real database. */
class StoredSourcesTest {
  @TempDir static Path directory;

  @Test
  void anotherPasswordAloneIsAnotherVersion() {
    try (var server = new PimOnDerby()) {
      var service =
          new SourceService(
              server.of(SourceRepository.class),
              new SourceFiles(directory),
              new PlacedKeys(),
              server.changes(),
              new References(List.of()));
      String uid = server.transaction(() -> service.create(directory("first"))).uid();
      String first = version(server, service, uid);

      server.transaction(() -> service.change(uid, directory("second"), version -> {}));

      String second = version(server, service, uid);
      assertThat(second).isNotEqualTo(first);
      assertThatThrownBy(
              () ->
                  server.transaction(
                      () ->
                          service.change(
                              uid,
                              directory("third"),
                              version -> {
                                if (!Long.toString(version).equals(first)) {
                                  throw new IllegalArgumentException("stale");
                                }
                              })))
          .hasMessage("stale");
      server.transaction(() -> service.change(uid, directory(null), version -> {}));
      assertThat(version(server, service, uid)).as("nothing has changed").isEqualTo(second);
    }
  }

  private static String version(PimOnDerby server, SourceService service, String uid) {
    return server.transaction(() -> service.get(uid)).version();
  }

  private static WriteSource directory(String password) {
    var members =
        new HashMap<String, Object>(
            Map.of(
                "host",
                "ldap.example.com",
                "userBaseDn",
                "dc=example,dc=com",
                "bindDn",
                "cn=reader"));
    members.put("password", password);
    return new WriteSource("directory", null, SourceType.LDAP, Connections.of(members));
  }
}
