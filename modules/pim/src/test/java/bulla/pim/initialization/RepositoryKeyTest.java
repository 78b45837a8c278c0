package bulla.pim.initialization;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.pim.object.PimProblem;
import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepositoryKeyTest {
  private Initialization stored;

  @Test
  void aSealIsTheHmacOfTheText() {
    // RFC 4231, test case 2.
    stored = new Initialization("Jefe".getBytes(StandardCharsets.US_ASCII), now());
    assertThat(seal().seal("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void anotherTextOrKeyHasAnotherSeal() {
    stored = new Initialization(HexFormat.of().parseHex("01"), now());
    String seal = seal().seal("1:1:{}");
    assertThat(seal().seal("1:2:{}")).isNotEqualTo(seal);
    stored = new Initialization(HexFormat.of().parseHex("02"), now());
    assertThat(seal().seal("1:1:{}")).isNotEqualTo(seal);
  }

  @Test
  void nothingIsSealedBeforeTheInitialisation() {
    problem(PimProblem.NOT_INITIALIZED, () -> seal().seal("x"));
  }

  private RepositorySeal seal() {
    return new RepositoryKey(new OneRow(), new OpenKeyring());
  }

  private static Instant now() {
    return Instant.EPOCH;
  }

  private final class OneRow implements InitializationRepository {
    @Override
    public Optional<Initialization> find() {
      return Optional.ofNullable(stored);
    }

    @Override
    public void add(Initialization initialization) {
      stored = initialization;
    }

    @Override
    public void lock() {
      // Nobody else is there.
    }

    @Override
    public boolean countChange() {
      return stored != null;
    }
  }

  /** Wraps nothing, but insists on the place. */
  private static final class OpenKeyring implements Keyring {
    @Override
    public byte[] wrap(KeyContext context, SecretBytes key) {
      return key.copyOfBytes();
    }

    @Override
    public SecretBytes unwrap(KeyContext context, byte[] wrapped) {
      assertThat(context).isEqualTo(new KeyContext("pim", "repository", 1, "seal"));
      return SecretBytes.copyOf(wrapped);
    }
  }
}
