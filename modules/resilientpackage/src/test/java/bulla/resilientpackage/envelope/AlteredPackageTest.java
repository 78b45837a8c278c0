package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import com.nimbusds.jose.JWEHeader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody can do to a package on its way: none of it is accepted. */
class AlteredPackageTest {
  private static final Set<PackageProblem> BEFORE_THE_TAG =
      EnumSet.of(
          PackageProblem.MALFORMED,
          PackageProblem.WRONG_PRIVATE_KEY,
          PackageProblem.CANNOT_BE_OPENED);

  /** Coprime to the groups of base64, so that each place in a group comes up. */
  private static final int STEP = 13;

  private final SerialMemory serials = new Sealing.RememberedSerials();
  private final TrustedKeys trusted = Sealing.trusted();
  private final Decryptor decryptor = new Recalling(Sealing.decryptor(Sealing.READER));

  @Test
  void everyAlteredByteIsRefused() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    assertThat(problemOf(bytes)).isNull();
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= (byte) (1 << (i % Byte.SIZE));
      assertThat(problemOf(altered)).as("byte %d", i).isIn(BEFORE_THE_TAG);
    }
  }

  @Test
  void cuttingIsRefused() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    for (int length = 0; length < bytes.length; length += STEP) {
      assertThat(problemOf(Arrays.copyOf(bytes, length))).isIn(BEFORE_THE_TAG);
    }
  }

  @Test
  void leavingAByteOutIsRefused() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    for (int i = 0; i < bytes.length; i += STEP) {
      byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
      System.arraycopy(bytes, i + 1, shorter, i, bytes.length - 1 - i);
      assertThat(problemOf(shorter)).as("byte %d", i).isIn(BEFORE_THE_TAG);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\0", "}", "{}", "\ufeff"})
  void nothingMayFollowOrPrecede(String more) throws IOException {
    String text = text(Sealing.sealed(1));
    assertThat(problemOf(text + more)).isEqualTo(PackageProblem.MALFORMED);
    assertThat(problemOf(more + text)).isEqualTo(PackageProblem.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'{\"protected\"'|'{ \"protected\"'",
        "'\"iv\":'|'\"iv\": '",
        "',\"tag\"'|',\n\"tag\"'",
        "'\"iv\":'|'\"i\\u0076\":'",
        "'{\"protected\"'|'{\"unprotected\":{},\"protected\"'",
        "',\"tag\"'|',\"aad\":\"\",\"tag\"'",
        "',\"tag\"'|',\"iv\":\"AAAAAAAAAAAAAAAA\",\"tag\"'",
        "'\"ciphertext\":\"'|'\"ciphertext\":\"\",\"ciphertext\":\"'",
        "'\"}'|'=\"}'",
        "'\"}'|'\",\"more\":1}'",
        "'\"iv\":\"'|'\"iv\":\"A'",
        "'\"encrypted_key\":\"'|'\"encrypted_key\":\"AAAA'",
        "'\"encrypted_key\"'|'\"encryptedKey\"'"
      })
  void anotherFormOfTheSameMembersIsRefused(String part, String replacement) throws IOException {
    String text = text(Sealing.sealed(1));
    assertThat(text).contains(part);
    assertThat(problemOf(text.replace(part, replacement))).isIn(BEFORE_THE_TAG);
  }

  @Test
  void theMembersHaveOneOrder() throws IOException {
    String text = text(Sealing.sealed(1));
    String tag = text.substring(text.indexOf(",\"tag\""), text.length() - 1);
    String reordered = "{" + tag.substring(1) + "," + text.substring(1).replace(tag, "");
    assertThat(problemOf(reordered)).isEqualTo(PackageProblem.MALFORMED);
  }

  @Test
  void base64urlWithLeftOverBitsIsRefused() throws IOException {
    String text = text(Sealing.sealed(1));
    // 16 bytes leave four bits in the tag's last character, of which only zeros are canonical.
    char last = text.charAt(text.length() - 3);
    assertThat("AQgw").contains(String.valueOf(last));
    String lenient = text.substring(0, text.length() - 3) + (char) (last + 1) + "\"}";
    assertThat(problemOf(lenient)).isEqualTo(PackageProblem.MALFORMED);
  }

  @Test
  void theCompactFormIsRefused() {
    assertThat(problemOf("e30.AAAA.AAAA.AAAA.AAAA")).isEqualTo(PackageProblem.MALFORMED);
    assertThat(problemOf("")).isEqualTo(PackageProblem.MALFORMED);
    assertThat(problemOf("{}")).isEqualTo(PackageProblem.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"typ,JWT", "cty,JWT", "kid,short", "version,one", "serial,1.5", "more,1"})
  void aHeaderThatIsNotThatOfAPackageIsRefused(String member, String value) {
    Map<String, Object> header = Sealing.envelopeHeader(1);
    header.put(member, value);
    assertThat(problemOf(Sealing.enveloped(header, "content"))).isEqualTo(PackageProblem.MALFORMED);
  }

  @Test
  void theWrongPrivateKeyIsToldApartBeforeAnythingIsDecrypted() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    Decryptor other =
        new Decryptor() {
          @Override
          public String fingerprint() {
            return Sealing.otherFingerprint();
          }

          @Override
          public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek) {
            throw new AssertionError("Nothing may be decrypted");
          }
        };
    PackageException refusal =
        catchThrowableOfType(
            PackageException.class,
            () -> PackageOpener.open(new ByteArrayInputStream(bytes), other, trusted, serials));
    assertThat(refusal.problem()).isEqualTo(PackageProblem.WRONG_PRIVATE_KEY);
    assertThat(refusal).hasMessageContaining(Sealing.fingerprint());
    bytes[bytes.length - 1] = ' ';
    PackageException malformed =
        catchThrowableOfType(
            PackageException.class,
            () -> PackageOpener.open(new ByteArrayInputStream(bytes), other, trusted, serials));
    assertThat(malformed.problem()).isEqualTo(PackageProblem.MALFORMED);
  }

  /** Else anybody could tell a key that cannot be unwrapped from one that can. */
  @Test
  void whereTheContentKeyCannotBeUnwrappedNobodyKnowsWhatStandsInForIt() throws Exception {
    var wrapped = new byte[256];
    Arrays.fill(wrapped, (byte) 3);
    byte[] sealed = Sealing.sealedUnder(new byte[Envelope.CONTENT_KEY_LENGTH], wrapped, "a.b.c");
    assertThat(problemOf(sealed)).isEqualTo(PackageProblem.CANNOT_BE_OPENED);
  }

  /** Of 3,072 bytes; one more takes two characters more. */
  @Test
  void theProtectedHeaderHasAtMost4096Characters() throws Exception {
    Map<String, Object> header = Sealing.envelopeHeader(1);
    int others = JWEHeader.parse(header).toString().length() - 1;
    header.put("dataStore", "7".repeat(3072 - others));
    byte[] longest = Sealing.enveloped(header, "content");
    assertThat(text(longest).indexOf("\",\"enc")).isEqualTo(14 + 4096);
    assertThat(problemOf(longest)).isEqualTo(PackageProblem.INVALID_SIGNATURE);
    header.put("dataStore", "7".repeat(3073 - others));
    assertThat(problemOf(Sealing.enveloped(header, "content"))).isEqualTo(PackageProblem.MALFORMED);
  }

  @Test
  void theContentKeyIsWipedWhateverComesOfIt() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    var keys = new ArrayList<byte[]>();
    for (int length : new int[] {Envelope.CONTENT_KEY_LENGTH, Envelope.CONTENT_KEY_LENGTH - 1}) {
      Decryptor keeping =
          new Decryptor() {
            @Override
            public String fingerprint() {
              return Sealing.fingerprint();
            }

            @Override
            public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
                throws IOException, GeneralSecurityException {
              byte[] key = decryptor.decrypt(keyLabel, algorithm, encryptedDek);
              keys.add(Arrays.copyOf(key, length));
              return keys.get(keys.size() - 1);
            }
          };
      boolean whole = length == Envelope.CONTENT_KEY_LENGTH;
      try {
        PackageOpener.open(new ByteArrayInputStream(bytes), keeping, trusted, serials).close();
        assertThat(whole).isTrue();
      } catch (PackageException refused) {
        assertThat(whole).isFalse();
      }
    }
    assertThat(keys).hasSize(2).allSatisfy(key -> assertThat(key).containsOnly(0));
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNotMalformed(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("rps.json");
    byte[] bytes = Sealing.sealed(1);
    for (int change : new int[] {-100, -1, 1, 100}) {
      Files.write(file, bytes);
      try (var changing = new Changing(file, bytes.length + change)) {
        assertThatThrownBy(() -> PackageOpener.read(changing, OpeningRules.DEFAULT))
            .isInstanceOf(EOFException.class);
      }
    }
    // What was there of it at first is no envelope, and the rest came meanwhile.
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
    try (var completed = new Changing(file, bytes.length)) {
      assertThatThrownBy(() -> PackageOpener.read(completed, OpeningRules.DEFAULT))
          .isInstanceOf(EOFException.class);
    }
    Files.write(file, bytes);
    try (var unchanged = new Changing(file, bytes.length)) {
      assertThat(PackageOpener.read(unchanged, OpeningRules.DEFAULT)).isNotNull();
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(
            catchThrowableOfType(
                    PackageException.class,
                    () -> PackageOpener.open(file, decryptor, trusted, serials))
                .problem())
        .isEqualTo(PackageProblem.MALFORMED);
  }

  /** A file that gets another length when its first byte is read. */
  private static final class Changing implements SeekableByteChannel {
    private final FileChannel file;
    private final long length;

    Changing(Path path, long length) throws IOException {
      this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      this.length = length;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (length < file.size()) {
        file.truncate(length);
      } else if (length > file.size()) {
        file.write(ByteBuffer.allocate(1), length - 1);
      }
      return file.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      return file.position(newPosition);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  void everyFailureToDecryptIsOneAndTheSameError() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    String text = text(bytes);
    int key = text.indexOf("\"encrypted_key\":\"") + 20;
    int content = text.indexOf("\"ciphertext\":\"") + 20;
    int tag = text.indexOf("\"tag\":\"") + 10;
    for (int position : new int[] {key, content, tag}) {
      var altered = new StringBuilder(text);
      altered.setCharAt(position, text.charAt(position) == 'A' ? 'B' : 'A');
      PackageException refusal =
          catchThrowableOfType(
              PackageException.class,
              () -> open(altered.toString().getBytes(StandardCharsets.US_ASCII)));
      assertThat(refusal.problem()).isEqualTo(PackageProblem.CANNOT_BE_OPENED);
      assertThat(refusal)
          .hasMessage("The package cannot be opened: altered or damaged")
          .hasNoCause();
    }
  }

  @Test
  void aContentKeyOfAnotherLengthIsTheSameError() throws IOException {
    byte[] bytes = Sealing.sealed(1);
    for (int length : new int[] {0, 16, 31, 33}) {
      Decryptor odd =
          new Decryptor() {
            @Override
            public String fingerprint() {
              return Sealing.fingerprint();
            }

            @Override
            public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek) {
              return new byte[length];
            }
          };
      PackageException refusal =
          catchThrowableOfType(
              PackageException.class,
              () -> PackageOpener.open(new ByteArrayInputStream(bytes), odd, trusted, serials));
      assertThat(refusal.problem()).isEqualTo(PackageProblem.CANNOT_BE_OPENED);
    }
  }

  @Test
  void aPackageThatIsTooLargeIsNotEvenLookedAt(@TempDir Path directory) throws IOException {
    byte[] bytes = Sealing.sealed(1);
    var rules = new OpeningRules(Clock.systemUTC(), bytes.length - 1);
    Path file = Files.write(directory.resolve("rps.json"), bytes);
    assertThat(
            catchThrowableOfType(
                    PackageException.class,
                    () -> PackageOpener.open(file, decryptor, trusted, serials, rules))
                .problem())
        .isEqualTo(PackageProblem.TOO_LARGE);
    var in = new ByteArrayInputStream(bytes);
    assertThat(
            catchThrowableOfType(
                    PackageException.class,
                    () -> PackageOpener.open(in, decryptor, trusted, serials, rules))
                .problem())
        .isEqualTo(PackageProblem.TOO_LARGE);
    var enough = new OpeningRules(Clock.systemUTC(), bytes.length);
    assertThat(PackageOpener.open(file, decryptor, trusted, serials, enough)).isNotNull();
  }

  private void open(byte[] bytes) throws IOException {
    PackageOpener.open(new ByteArrayInputStream(bytes), decryptor, trusted, serials).close();
  }

  private PackageProblem problemOf(String text) {
    return problemOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Null when it is accepted; any other exception than a refusal fails the test. */
  private PackageProblem problemOf(byte[] bytes) {
    try {
      open(bytes);
      return null;
    } catch (PackageException e) {
      return e.problem();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
