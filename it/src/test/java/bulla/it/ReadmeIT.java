package bulla.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The built EAR on a server that Arquillian starts; README's lines work in the order of README. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Order(1)
class ReadmeIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=\\$\\((curl [^|]*)\\|.*");
  private static final Pattern FINGERPRINT = Pattern.compile("\"fingerprint\":\"([^\"]*)\"");

  private final Path root = Path.of(System.getProperty("bulla.home"));
  private final Path data = Path.of(System.getProperty("it.directory"), "data");
  private final Map<String, String> variables = new HashMap<>();

  @Deployment(testable = false)
  static EnterpriseArchive bulla() {
    return ShrinkWrap.createFromZipFile(
        EnterpriseArchive.class,
        new File(System.getProperty("bulla.home"), "ear/target/bulla.ear"));
  }

  @Test
  void everyLineOfTheWalkThroughWorksWhenPasted() throws Exception {
    Path directory = Files.createDirectories(data.resolveSibling("readme"));
    int port = Integer.getInteger("it.https.port");
    variables.put("CA", data.resolve("tls/ca.pem").toString());
    variables.put("URL", "https://localhost:" + port);
    variables.put("PASSWORD", Files.readString(data.resolve("admin.password")).strip());
    var curl = new Curl(Https.trusting(data.resolve("tls/ca.pem")), variables, directory);

    List<String> lines = walkThrough();
    assertThat(lines).hasSizeGreaterThan(20);
    for (String line : lines) {
      run(line, curl, directory);
    }

    List<String> out = Files.readAllLines(directory.resolve("out.csv"));
    assertThat(out.get(0)).isEqualTo("id,name");
    assertThat(out.get(1)).matches("1,[0-9A-Za-z]{4} [0-9A-Za-z]{3}").isNotEqualTo("1,Jane Doe");
  }

  private void run(String line, Curl curl, Path directory) throws Exception {
    Matcher assignment = ASSIGNMENT.matcher(line);
    if (assignment.matches()) {
      HttpResponse<byte[]> answer = curl.run(assignment.group(2).strip());
      variables.put(
          assignment.group(1),
          assignment.group(1).equals("TOKEN")
              ? answer.headers().firstValue("pty_access_jwt_token").orElseThrow()
              : found(FINGERPRINT, new String(answer.body(), UTF_8)));
    } else if (line.startsWith("curl ")) {
      curl.run(line);
    } else if (line.startsWith("openssl genpkey")) {
      // What the line and the next one make, without asking for openssl on every machine.
      makeKeyPair(directory);
    } else if (line.startsWith("printf ")) {
      Files.writeString(directory.resolve("in.csv"), "id,name\n1,Jane Doe\n");
    } else if (line.startsWith("./bulla ")) {
      shell(line.replace("./bulla", root.resolve("bulla").toString()), directory);
    } else {
      assertThat(line).matches("(CA|URL|PASSWORD|PEM)=.*|cat out.csv");
    }
  }

  private void makeKeyPair(Path directory) throws GeneralSecurityException, IOException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(3072);
    var pair = generator.generateKeyPair();
    Path key = directory.resolve("consumer.key.pem");
    Files.deleteIfExists(key);
    Files.createFile(
        key,
        java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    variables.put("PEM", pem("PUBLIC KEY", pair.getPublic().getEncoded()).replace("\n", "\\n"));
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static void shell(String line, Path directory) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  /** The lines of the shell blocks between the two headings. */
  private List<String> walkThrough() throws IOException {
    String readme = Files.readString(root.resolve("README.md"));
    String section =
        readme.substring(
            readme.indexOf("## One call per API"), readme.indexOf("## Environment variables"));
    var lines = new ArrayList<String>();
    var blocks = BLOCK.matcher(section);
    while (blocks.find()) {
      blocks.group(1).lines().filter(line -> !line.isBlank()).forEach(lines::add);
    }
    return lines;
  }
}
