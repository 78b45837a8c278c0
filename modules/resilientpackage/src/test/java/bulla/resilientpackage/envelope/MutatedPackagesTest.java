package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Packages altered at random: from outside, and by one who holds the content key and seals anew but
 * cannot sign. {@code -Dbulla.mutations=1000000} makes more of them, {@code -Dbulla.mutations.seed}
 * others. The seed is fixed, so that a build fails for its change and never for its luck.
 */
class MutatedPackagesTest {
  private static final int COUNT = Integer.getInteger("bulla.mutations", 2_000);
  private static final long SEED = Long.getLong("bulla.mutations.seed", 7);
  private static final long NEWEST = 5;

  private static final Set<PackageProblem> BEFORE_THE_TAG =
      EnumSet.of(
          PackageProblem.MALFORMED,
          PackageProblem.WRONG_PRIVATE_KEY,
          PackageProblem.CANNOT_BE_OPENED);
  private static final Set<PackageProblem> BEHIND_THE_TAG =
      EnumSet.of(PackageProblem.INVALID_SIGNATURE, PackageProblem.UNTRUSTED_SIGNER);
  private static final Set<PackageProblem> OTHER_HEADER =
      EnumSet.of(PackageProblem.HEADER_MISMATCH);
  private static final Set<PackageProblem> OLDER = EnumSet.of(PackageProblem.ROLLED_BACK);

  private static final Pattern VALUES = Pattern.compile("\":\"([^\"]*)\"");

  private final Random random = new Random(SEED);
  private final SerialMemory serials = new Sealing.RememberedSerials();
  private final TrustedKeys trusted = Sealing.trusted();
  private final Decryptor decryptor = new Recalling(Sealing.decryptor(Sealing.READER));

  private static final class Mutation {
    private final byte[] bytes;
    private final Set<PackageProblem> expected;

    Mutation(byte[] bytes, Set<PackageProblem> expected) {
      this.bytes = bytes;
      this.expected = expected;
    }
  }

  @Test
  void noneIsAccepted() throws Exception {
    byte[] genuine = Sealing.sealed(NEWEST);
    List<byte[]> older = new ArrayList<>();
    for (long serial = 1; serial < NEWEST; serial++) {
      older.add(Sealing.sealed(serial));
    }
    var insider = new Insider(genuine);
    assertThat(problemOf(genuine)).isNull();
    for (int i = 0; i < COUNT; i++) {
      Mutation mutation = mutation(genuine, older, insider);
      assertThat(problemOf(mutation.bytes))
          .as("number %d of seed %d: %s", i, SEED, ascii(mutation.bytes))
          .isIn(mutation.expected);
    }
    assertThat(problemOf(genuine)).as("the genuine one still opens").isNull();
  }

  private Mutation mutation(byte[] genuine, List<byte[]> older, Insider insider)
      throws GeneralSecurityException, IOException {
    byte[] old = older.get(random.nextInt(older.size()));
    return switch (random.nextInt(6)) {
      case 0 -> new Mutation(mixed(genuine, old), BEFORE_THE_TAG);
      case 1 -> new Mutation(old, OLDER);
      case 2 -> sealedAnew(insider, altered(insider.jws));
      case 3 -> new Mutation(insider.sealed(insider.otherHeader(), insider.jws), OTHER_HEADER);
      default -> new Mutation(altered(genuine), BEFORE_THE_TAG);
    };
  }

  /** An empty content is refused for its shape: no envelope may have an empty member. */
  private static Mutation sealedAnew(Insider insider, byte[] content)
      throws GeneralSecurityException, IOException {
    return new Mutation(
        insider.sealed(insider.header, content),
        content.length == 0 ? BEFORE_THE_TAG : BEHIND_THE_TAG);
  }

  /** {@code bytes} with bits turned, or a range cut, left out, repeated, exchanged or inserted. */
  private byte[] altered(byte[] bytes) {
    byte[] result;
    do {
      int from = random.nextInt(bytes.length);
      int length = 1 + random.nextInt(Math.min(bytes.length - from, 64));
      byte[] head = Arrays.copyOf(bytes, from);
      byte[] range = Arrays.copyOfRange(bytes, from, from + length);
      byte[] rest = Arrays.copyOfRange(bytes, from + length, bytes.length);
      result =
          switch (random.nextInt(6)) {
            case 0 -> head;
            case 1 -> joined(head, rest);
            case 2 -> joined(head, range, range, rest);
            case 3 -> joined(head, rest, range);
            case 4 -> joined(head, randomBytes(length), range, rest);
            default -> flipped(bytes);
          };
    } while (Arrays.equals(result, bytes));
    return result;
  }

  private byte[] flipped(byte[] bytes) {
    byte[] result = bytes.clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return result;
  }

  /** Each member from one of the two packages, and at least one from each. */
  private byte[] mixed(byte[] one, byte[] other) {
    List<String> ones = values(one);
    List<String> others = values(other);
    int choice = 1 + random.nextInt((1 << ones.size()) - 2);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < ones.size(); i++) {
      members.add((choice >> i & 1) == 0 ? ones.get(i) : others.get(i));
    }
    return envelope(members);
  }

  private byte[] randomBytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static List<String> values(byte[] envelope) {
    return VALUES.matcher(ascii(envelope)).results().map(match -> match.group(1)).toList();
  }

  private static byte[] envelope(List<String> members) {
    return "{\"protected\":\"%s\",\"encrypted_key\":\"%s\",\"iv\":\"%s\",\"ciphertext\":\"%s\",\"tag\":\"%s\"}"
        .formatted(members.toArray())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Null when it is accepted; any other exception than a refusal fails the test. */
  private PackageProblem problemOf(byte[] bytes) throws IOException {
    try {
      PackageOpener.open(
              new ByteArrayInputStream(bytes),
              decryptor,
              trusted,
              serials,
              Sealing.at(Sealing.ISSUED.plusSeconds(60)))
          .close();
      return null;
    } catch (PackageException e) {
      return e.problem();
    }
  }

  /** One who holds the content key of a package and its signed content. */
  private final class Insider {
    private final String encryptedKey;
    private final byte[] contentKey;
    private final ObjectNode header;
    private final byte[] jws;

    Insider(byte[] genuine) throws Exception {
      encryptedKey = values(genuine).get(1);
      contentKey =
          decryptor.decrypt(
              Sealing.fingerprint(), "RSA-OAEP-256", Base64.getUrlDecoder().decode(encryptedKey));
      header =
          (ObjectNode)
              StrictJson.mapper().readTree(Base64.getUrlDecoder().decode(values(genuine).get(0)));
      JWSObject signed = Sealing.opened(genuine);
      jws = signed.serialize().getBytes(StandardCharsets.US_ASCII);
    }

    ObjectNode otherHeader() {
      ObjectNode other = header.deepCopy();
      switch (random.nextInt(3)) {
        case 0 -> other.put("serial", NEWEST + 1 + random.nextInt(100));
        case 1 -> other.put("dataStore", Integer.toString(8 + random.nextInt(100)));
        default -> other.put("iat", header.get("iat").longValue() + 1 + random.nextInt(100));
      }
      return other;
    }

    byte[] sealed(ObjectNode header, byte[] content) throws GeneralSecurityException, IOException {
      var base64 = Base64.getUrlEncoder().withoutPadding();
      String text = base64.encodeToString(StrictJson.mapper().writeValueAsBytes(header));
      byte[] iv = randomBytes(Envelope.IV_LENGTH);
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(contentKey, "AES"),
          new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, iv));
      cipher.updateAAD(text.getBytes(StandardCharsets.US_ASCII));
      byte[] sealed = cipher.doFinal(content);
      int tag = sealed.length - Envelope.TAG_LENGTH;
      return envelope(
          List.of(
              text,
              encryptedKey,
              base64.encodeToString(iv),
              base64.encodeToString(Arrays.copyOf(sealed, tag)),
              base64.encodeToString(Arrays.copyOfRange(sealed, tag, sealed.length))));
    }
  }
}
