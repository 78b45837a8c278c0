package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FF1 against Project Wycheproof and the samples that NIST published with SP 800-38G. */
class Ff1VectorsTest {
  private static final String NIST_128 = "2B7E151628AED2A6ABF7158809CF4F3C";
  private static final String NIST_192 = NIST_128 + "EF4359D8D580AA4F";
  private static final String NIST_256 = NIST_192 + "7F036D6F04FC6A94";

  @ParameterizedTest
  @CsvSource({
    "base10, 3845",
    "base16, 3872",
    "base26, 3076",
    "base32, 2868",
    "base36, 2854",
    "base45, 2421",
    "base62, 2474",
    "base64, 2417",
    "base85, 1852",
    "radix10, 3845",
    "radix16, 3872",
    "radix26, 3076",
    "radix32, 2868",
    "radix36, 2854",
    "radix45, 2421",
    "radix62, 2474",
    "radix64, 2417",
    "radix85, 1852",
    "radix255, 1853",
    "radix256, 2021",
    "radix65535, 965",
    "radix65536, 1049"
  })
  void allVectorsOfWycheproofPass(String domain, int count) throws IOException {
    int passed = 0;
    for (var vector : Wycheproof.read("aes_ff1_" + domain + "_test.json.gz")) {
      int radix = vector.group().get("radix").asInt();
      byte[] key = vector.bytes("key");
      byte[] tweak = vector.bytes("tweak");
      int[] clear = numerals(vector, "msg");
      if (vector.valid()) {
        int[] encrypted = numerals(vector, "ct");
        var ff1 = Ff1.of(radix, SecretBytes.copyOf(key));
        assertThat(ff1.encrypt(clear, tweak)).as("%d", vector.id()).isEqualTo(encrypted);
        assertThat(ff1.decrypt(encrypted, tweak)).as("%d", vector.id()).isEqualTo(clear);
        var plain = new PlainFf1(radix, key);
        assertThat(plain.encrypt(clear, tweak)).as("%d", vector.id()).isEqualTo(encrypted);
      } else {
        assertThatThrownBy(() -> Ff1.of(radix, SecretBytes.copyOf(key)).encrypt(clear, tweak))
            .as("%d", vector.id())
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ff1.of(radix, SecretBytes.copyOf(key)).decrypt(clear, tweak))
            .as("%d", vector.id())
            .isInstanceOf(IllegalArgumentException.class);
      }
      passed++;
    }
    assertThat(passed).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "128, 10, '', 0123456789, 2433477484",
    "128, 10, 39383736353433323130, 0123456789, 6124200773",
    "128, 36, 3737373770717273373737, 0123456789abcdefghi, a9tv40mll9kdu509eum",
    "192, 10, '', 0123456789, 2830668132",
    "192, 10, 39383736353433323130, 0123456789, 2496655549",
    "192, 36, 3737373770717273373737, 0123456789abcdefghi, xbj3kv35jrawxv32ysr",
    "256, 10, '', 0123456789, 6657667009",
    "256, 10, 39383736353433323130, 0123456789, 1001623463",
    "256, 36, 3737373770717273373737, 0123456789abcdefghi, xs8a0azh2avyalyzuwd"
  })
  void theSamplesOfNistPass(int bits, int radix, String tweak, String clear, String encrypted) {
    String hex =
        switch (bits) {
          case 128 -> NIST_128;
          case 192 -> NIST_192;
          default -> NIST_256;
        };
    var ff1 = Ff1.of(radix, SecretBytes.copyOf(HexFormat.of().parseHex(hex)));
    byte[] tweakBytes = HexFormat.of().parseHex(tweak);
    String alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    int[] clearNumerals = numerals(clear, alphabet);
    int[] encryptedNumerals = numerals(encrypted, alphabet);
    assertThat(ff1.encrypt(clearNumerals, tweakBytes)).isEqualTo(encryptedNumerals);
    assertThat(ff1.decrypt(encryptedNumerals, tweakBytes)).isEqualTo(clearNumerals);
    var plain = new PlainFf1(radix, HexFormat.of().parseHex(hex));
    assertThat(plain.encrypt(clearNumerals, tweakBytes)).isEqualTo(encryptedNumerals);
    assertThat(plain.decrypt(encryptedNumerals, tweakBytes)).isEqualTo(clearNumerals);
  }

  @Test
  void theVectorsOfAcvpPass() throws IOException {
    int passed = 0;
    try (var in = getClass().getResourceAsStream("/vectors/acvp/ff1.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] columns = line.split(",", -1);
        String alphabet =
            switch (columns[2]) {
              case "10" -> "0123456789";
              case "26" -> "abcdefghijklmnopqrstuvwxyz";
              default -> "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/";
            };
        var key = SecretBytes.copyOf(HexFormat.of().parseHex(columns[3]));
        byte[] tweak = HexFormat.of().parseHex(columns[4]);
        int[] clear = numerals(columns[5], alphabet);
        int[] encrypted = numerals(columns[6], alphabet);
        var ff1 = Ff1.of(alphabet.length(), key);
        assertThat(ff1.encrypt(clear, tweak)).as(columns[0]).isEqualTo(encrypted);
        assertThat(ff1.decrypt(encrypted, tweak)).as(columns[0]).isEqualTo(clear);
        var plain = new PlainFf1(alphabet.length(), HexFormat.of().parseHex(columns[3]));
        assertThat(plain.encrypt(clear, tweak)).as(columns[0]).isEqualTo(encrypted);
        passed++;
      }
    }
    assertThat(passed).isEqualTo(450);
  }

  /** Of a text over the alphabet of the vector's group, or of a list of numbers. */
  private static int[] numerals(Wycheproof.Vector vector, String member) {
    JsonNode value = vector.test().get(member);
    return value.isTextual()
        ? numerals(value.asText(), vector.group().get("alphabet").asText())
        : StreamSupport.stream(value.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** A character that is not in the alphabet becomes -1, which FF1 has to refuse. */
  private static int[] numerals(String text, String alphabet) {
    return text.chars().map(alphabet::indexOf).toArray();
  }
}
