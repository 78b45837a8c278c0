package bulla.audit.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate that signs itself, made by the JDK's own tool. */
public record ServerIdentity(Path store, Path certificate) {
  private static final String PASSWORD = "for this test alone";

  /**
   * Makes one.
   *
   * @param name what the certificate is for: {@code ip:127.0.0.1}, {@code dns:other.example}
   */
  public static ServerIdentity of(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path folder = Files.createTempDirectory(directory, "identity");
    var made = new ServerIdentity(folder.resolve("server.p12"), folder.resolve("server.pem"));
    keytool(
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=receiver",
            "-ext",
            "san=" + name,
            "-alias",
            "server",
            "-storetype",
            "PKCS12",
            "-keystore",
            made.store.toString(),
            "-storepass",
            PASSWORD));
    String encoded =
        Base64.getMimeEncoder().encodeToString(made.keys().getCertificate("server").getEncoded());
    Files.writeString(
        made.certificate,
        "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    return made;
  }

  public ServerSocketFactory sockets() throws IOException, GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys(), PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(factory.getKeyManagers(), null, null);
    return tls.getServerSocketFactory();
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void keytool(List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
