package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is stored encrypted today has to be readable for ever. The ciphertexts were made by a
 * program of its own, on OpenSSL by way of Python's cryptography 48, from the layouts in {@code
 * docs/tokenization.md}: the key is 00 01 02 ..., as long as the method's, its id 259; IVs and
 * nonces begin with f0e1d2c3.
 */
class StoredCiphertextsTest {
  private static final int KEY_ID = 259;

  private record Stored(String name, Set<String> options, String clearHex, String sealedHex) {
    byte[] clear() {
      return HexFormat.of().parseHex(clearHex);
    }

    byte[] sealed() {
      return HexFormat.of().parseHex(sealedHex);
    }

    ProtectionMethod method() {
      boolean iv = options.contains("iv");
      boolean crc = options.contains("crc");
      boolean keyId = options.contains("keyId");
      return switch (name) {
        case "aes256GcmEnc" -> new Aes256GcmEnc(keyId);
        case "aes128CbcEnc" -> new Aes128CbcEnc(iv, crc, keyId);
        case "aes256CbcEnc" -> new Aes256CbcEnc(iv, crc, keyId);
        case "tripleDesCbcEnc" -> new TripleDesCbcEnc(iv, crc, keyId);
        case "aes128CuspEnc" -> new Aes128CuspEnc(iv, crc, keyId);
        case "aes256CuspEnc" -> new Aes256CuspEnc(iv, crc, keyId);
        case "tripleDesCuspEnc" -> new TripleDesCuspEnc(iv, crc, keyId);
        default -> throw new IllegalArgumentException(name);
      };
    }

    boolean deterministic() {
      return !options.contains("iv") && !name.equals("aes256GcmEnc");
    }
  }

  private static List<Stored> stored() throws IOException {
    try (var in =
        StoredCiphertextsTest.class.getResourceAsStream("/vectors/stored-ciphertexts.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" \\| ", -1))
          .map(
              columns -> {
                List<String> words = List.of(columns[0].split(" ", -1));
                return new Stored(
                    words.get(0),
                    Set.copyOf(words.subList(1, words.size())),
                    columns[1],
                    columns[2]);
              })
          .toList();
    }
  }

  @Test
  void everyStoredValueCanStillBeRead() throws IOException {
    Set<String> modes = new HashSet<>();
    Set<Integer> lengths = new HashSet<>();
    for (Stored stored : stored()) {
      ProtectionMethod method = stored.method();
      SecretBytes key = Keys.ofLength(method.keyLength());
      var element = Protection.of(method, ElementKeys.of(Map.of(KEY_ID, key)), null);
      assertThat(element.unprotect(stored.sealed()))
          .as(stored.toString())
          .isEqualTo(stored.clear());
      if (stored.deterministic()) {
        assertThat(element.protect(stored.clear()))
            .as(stored.toString())
            .isEqualTo(stored.sealed());
      } else {
        byte[] again = element.protect(stored.clear());
        assertThat(again).hasSameSizeAs(stored.sealed()).isNotEqualTo(stored.sealed());
      }
      modes.add(stored.name + stored.options);
      lengths.add(stored.clear().length);
    }
    // Two of GCM; of each of the six others four, and two of them with the id of the key too.
    assertThat(modes).hasSize(2 + 6 * 6);
    assertThat(lengths).containsExactlyInAnyOrder(0, 7, 16, 21);
  }

  @Test
  void aStoredValueIsNotReadWithAnotherKey() throws IOException {
    for (Stored stored : stored()) {
      ProtectionMethod method = stored.method();
      byte[] other = Arrays.copyOf(new byte[] {1}, method.keyLength());
      Map<Integer, SecretBytes> keys = Map.of(KEY_ID, SecretBytes.copyOf(other));
      var element = Protection.of(method, ElementKeys.of(keys), null);
      byte[] read;
      try {
        read = element.unprotect(stored.sealed());
      } catch (ProtectionException refused) {
        assertThat(refused.code()).isEqualTo(ReturnCode.INTEGRITY_CHECK_FAILED);
        continue;
      }
      assertThat(stored.clear().length == 0 || !Arrays.equals(read, stored.clear())).isTrue();
    }
  }
}
