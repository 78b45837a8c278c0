package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.database.testing.TestDatabase;
import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;

class StateProofTest {
  private final EmbeddedDataSource source = TestDatabase.of("audit");
  private final MemoryKeyring keyring = new MemoryKeyring();

  @Test
  void aStateHasOneHmacHoweverItIsSpelledAndWhicheverServerAsks() {
    KeyedStateProof proof = started();
    String hmac = proof.hmac("{\"name\":\"olga\",\"roles\":[\"a\",\"b\"]}");
    assertThat(hmac).matches("[0-9a-f]{64}");
    assertThat(proof.hmac(" { \"roles\" : [\"a\",\"\\u0062\"], \"name\":\"olga\" }"))
        .isEqualTo(hmac);
    assertThat(started().hmac("{\"name\":\"olga\",\"roles\":[\"a\",\"b\"]}")).isEqualTo(hmac);
    assertThat(
            new HashSet<>(
                Stream.of(
                        "{\"name\":\"olga\",\"roles\":[\"b\",\"a\"]}",
                        "{\"name\":\"olga\",\"roles\":[\"a\"]}",
                        "{\"name\":\"Olga\",\"roles\":[\"a\",\"b\"]}",
                        "{}")
                    .map(proof::hmac)
                    .toList()))
        .hasSize(4)
        .doesNotContain(hmac);
  }

  @Test
  void itIsTheHmacOfTheCanonicalFormUnderTheStoredKey() throws Exception {
    KeyedStateProof proof = started();
    Mac mac = Mac.getInstance("HmacSHA256");
    try (SecretBytes key = new StateKeys(source, keyring).open()) {
      assertThat(key.length()).isEqualTo(32);
      mac.init(new SecretKeySpec(key.copyOfBytes(), "HmacSHA256"));
    }
    byte[] expected = mac.doFinal("{\"a\":1,\"b\":[]}".getBytes(StandardCharsets.UTF_8));
    assertThat(proof.hmac("{\"b\": [], \"a\": 1}")).isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void anotherServersKeyGivesOtherHmacsAndDoesNotOpenHere() throws SQLException {
    String mine = started().hmac("{}");
    var theirs = new KeyedStateProof(new MemoryKeyring());
    theirs.dataSource = source;
    assertThatThrownBy(theirs::start).isInstanceOf(IllegalArgumentException.class);
    try (Connection connection = source.getConnection();
        var delete = connection.createStatement()) {
      delete.execute("delete from audit_state_key");
    }
    theirs.start();
    assertThat(theirs.hmac("{}")).isNotEqualTo(mine);
  }

  @Test
  void serversThatStartTogetherShareOneKey() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      Callable<String> start = () -> started().hmac("{}");
      var hmacs = new HashSet<String>();
      for (var done : threads.invokeAll(Stream.generate(() -> start).limit(8).toList())) {
        hmacs.add(done.get());
      }
      assertThat(hmacs).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void statesThatAreNotThereHaveNone() {
    assertThat(StateHmacs.of(ObjectStates.NONE, started())).isEqualTo(StateHmacs.NONE);
  }

  @Test
  void nothingIsRecordedBeforeTheStartOrAfterTheEnd() {
    assertThatThrownBy(() -> new KeyedStateProof(keyring).hmac("{}"))
        .isInstanceOf(IllegalStateException.class);
    KeyedStateProof proof = started();
    proof.stop();
    assertThatThrownBy(() -> proof.hmac("{}")).isInstanceOf(IllegalStateException.class);
  }

  private KeyedStateProof started() {
    var proof = new KeyedStateProof(keyring);
    proof.dataSource = source;
    proof.start();
    return proof;
  }
}
