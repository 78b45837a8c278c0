package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The committed example, once made and never changed: what was sealed by version 1 can be opened
 * for good, and the documentation shows what is really in it.
 */
class DocumentedExampleTest {
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "package-format.md");

  @Test
  void theExampleIsOpened() throws IOException {
    OpenedPackage opened =
        PackageOpener.open(
            resource("rps.json"),
            PemDecryptor.of(text("private-key.pem")),
            TrustedKeys.fromJwks(text("signer.jwks.json")),
            new Sealing.RememberedSerials());
    assertThat(opened.header().serial()).isEqualTo(3);
    assertThat(opened.elements()).hasSize(3);
    assertThat(opened.accessTable().access("ann", "DE_CARD")).isInstanceOf(ElementAccess.class);
  }

  /** The example is of version 1 and stays: what reads version 2 opens it too. */
  @ParameterizedTest
  @CsvSource({
    "1,1,true",
    "0,1,false",
    "2,1,false",
    "1,2,true",
    "2,2,true",
    "3,2,false",
    "1,3,false"
  })
  void aReaderReadsItsOwnVersionAndTheOneBefore(long version, int own, boolean read) {
    assertThat(PackageHeader.isReadBy(version, own)).isEqualTo(read);
  }

  @Test
  void theDocumentShowsTheExamplesHeader() throws IOException {
    String header = JSON.readTree(resource("rps.json").readAllBytes()).get("protected").textValue();
    assertThat(documented("header"))
        .isEqualTo(JSON.readTree(Base64.getUrlDecoder().decode(header)));
  }

  @Test
  void theDocumentShowsTheExamplesContentAsAnIndependentLibraryReadsIt() throws Exception {
    JsonNode members = JSON.readTree(resource("rps.json").readAllBytes());
    var jwe =
        new JWEObject(
            part(members, "protected"),
            part(members, "encrypted_key"),
            part(members, "iv"),
            part(members, "ciphertext"),
            part(members, "tag"));
    jwe.decrypt(new RSADecrypter(Sealing.privateKey(text("private-key.pem"))));
    JWSObject jws = jwe.getPayload().toJWSObject();
    var keys = JWKSet.parse(text("signer.jwks.json"));
    var key = keys.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey();
    assertThat(jws.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(documented("payload")).isEqualTo(JSON.readTree(jws.getPayload().toBytes()));
  }

  private static Base64URL part(JsonNode members, String name) {
    return new Base64URL(members.get(name).textValue());
  }

  private static JsonNode documented(String name) throws IOException {
    String document = Files.readString(DOCUMENT);
    String mark = "<!-- " + name + " -->\n```json\n";
    int from = document.indexOf(mark) + mark.length();
    return JSON.readTree(document.substring(from, document.indexOf("```", from)));
  }

  private static String text(String name) throws IOException {
    return new String(resource(name).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static InputStream resource(String name) {
    return DocumentedExampleTest.class.getResourceAsStream("example/" + name);
  }
}
