package bulla.launcher.demo;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.launcher.client.ApiClient;
import bulla.launcher.demo.Story.Column;
import bulla.launcher.server.Settings;
import bulla.secrets.SecretFiles;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the demonstration against a server that is ready. */
final class DemoRun {
  private static final Pattern RATE = Pattern.compile("([0-9][0-9,.]*) rows/s");
  private static final int SAMPLE_ROW = 1;

  private final Installation installation;
  private final Settings settings;
  private final Path out;
  private final Path offline;
  private final PrintWriter terminal;
  private final Map<String, String> rates = new LinkedHashMap<>();

  DemoRun(Installation installation, Settings settings, Path out, PrintWriter terminal) {
    this.installation = installation;
    this.settings = settings;
    this.out = out;
    this.offline = out.resolve("offline");
    this.terminal = terminal;
  }

  /** Everything that happens over HTTPS: people, policy, deployment, export. */
  void writePolicy() throws IOException {
    writeMemberSource();
    step("The bootstrap administrator creates a security officer and a package exporter");
    var administrator = client();
    administrator.login("admin", adminPassword());
    String officerPassword = randomPassword();
    String exporterPassword = randomPassword();
    createRole(administrator, "policy_writer", "workbench_management_policy_write");
    createRole(administrator, "package_exporter", "workbench_deployment_immutablepackage_export");
    createUser(administrator, "security.officer", officerPassword, "policy_writer");
    createUser(administrator, "package.exporter", exporterPassword, "package_exporter");

    step("The security officer writes the policy");
    var officer = client();
    officer.login("security.officer", officerPassword);
    String fingerprint = writePolicy(officer);

    step("The package exporter fetches the package and the issuer's verification keys");
    var exporter = client();
    exporter.login("package.exporter", exporterPassword);
    Files.write(
        offline.resolve("rps.json"),
        exporter.getBytes("/pty/v1/rps/export/" + fingerprint + "?version=1&coreVersion=1"));
    Files.write(offline.resolve("signer.jwks.json"), exporter.getBytes("/pty/v1/rps/jwks"));
  }

  private String writePolicy(ApiClient officer) throws IOException {
    officer.post("/pty/v2/pim/init", null);
    String source =
        officer.create(
            "/pty/v2/pim/sources",
            Map.of(
                "name", "staff",
                "description", "The members of the demonstration's roles",
                "type", "FILE",
                "connection", Map.of("userFile", "users.txt", "groupFile", "groups.txt")));
    var roles = new LinkedHashMap<String, String>();
    for (String role : Story.MEMBERS.keySet()) {
      String uid =
          officer.create(
              "/pty/v2/pim/roles",
              Map.of("name", role, "description", role, "mode", "MANUAL", "allowAll", false));
      roles.put(role, uid);
      officer.post(
          "/pty/v2/pim/roles/" + uid + "/members",
          List.of(Map.of("name", role + "-team", "source", source, "type", "GROUP")));
    }
    var masks = new HashMap<String, String>(Map.of("0", "0"));
    Story.MASKS.forEach((name, body) -> masks.put(name, officer.create("/pty/v2/pim/masks", body)));
    var elements = new LinkedHashMap<Column, String>();
    for (Column column : Story.COLUMNS) {
      Map<String, Object> method =
          column.isProtected() ? column.method() : Map.of("maskUid", masks.get(Story.OWN_MASK));
      elements.put(
          column,
          officer.create(
              "/pty/v2/pim/dataelements",
              Map.of(
                  "name",
                  column.element(),
                  "description",
                  "Column " + column.column(),
                  column.key(),
                  method)));
    }
    String policy =
        officer.create(
            "/pty/v2/pim/policies",
            Map.of(
                "name", "CUSTOMERS",
                "description", "Who sees what of a customer",
                "template", permission(false, false)));
    elements.forEach(
        (column, element) -> {
          for (var role : roles.entrySet()) {
            officer.post(
                "/pty/v2/pim/policies/" + policy + "/rules",
                rule(column, role.getKey(), role.getValue(), element, masks));
          }
        });
    String store =
        officer.create(
            "/pty/v2/pim/datastores",
            Map.of("name", "BATCH", "description", "Offline jobs", "default", true));
    KeyPair exportKey = exportKey();
    JsonNode key =
        officer.post(
            "/pty/v2/pim/datastores/" + store + "/export/keys",
            Map.of(
                "algorithm", "RSA-OAEP-256",
                "description", "Made for this run",
                "pem", pem("PUBLIC KEY", exportKey.getPublic().getEncoded())));
    officer.post(
        "/pty/v2/pim/datastores/" + store + "/deploy",
        Map.of("policies", List.of(policy), "applications", List.of()));
    officer.get("/pty/v2/pim/deploy");
    return key.path("fingerprint").asText().replace(":", "");
  }

  private static Map<String, Object> rule(
      Column column, String role, String roleUid, String elementUid, Map<String, String> masks) {
    var rule = new LinkedHashMap<String, Object>();
    rule.put("role", roleUid);
    rule.put("dataElement", elementUid);
    boolean protects = role.equals(Story.LOADER);
    boolean reveals = role.equals(Story.SUPPORT) || role.equals(Story.FRAUD);
    if (role.equals(Story.FRAUD)) {
      rule.put("mask", "0");
    } else if (role.equals(Story.SUPPORT) && column.supportMask() != null) {
      rule.put("mask", masks.get(column.supportMask()));
    }
    rule.put(
        "noAccessOperation",
        role.equals(Story.ANALYST) && column.tokensForAnalyst()
            ? "PROTECTED_VALUE"
            : role.equals(Story.LOADER) ? "EXCEPTION" : "NULL_VALUE");
    rule.put("permission", permission(protects, reveals));
    return rule;
  }

  private static Map<String, Object> permission(boolean protect, boolean unProtect) {
    return Map.of(
        "access", Map.of("protect", protect, "reProtect", false, "unProtect", unProtect),
        "audit",
            Map.of(
                "success", Map.of("protect", true, "reProtect", true, "unProtect", true),
                "failed", Map.of("protect", true, "reProtect", true, "unProtect", true)));
  }

  /** Everything that the protector does with the package, the private key and the trusted keys. */
  void enforceOffline() throws IOException {
    step("The protector, offline, protects the file and shows what each role sees");
    Path input = out.resolve("customers.csv");
    Files.copy(installation.demo().resolve("customers.csv"), input);
    protector(0, "protect", "nightly-load", input, out.resolve("protected.csv"));
    for (var view : views().entrySet()) {
      protector(0, "unprotect", view.getValue(), out.resolve("protected.csv"), view(view.getKey()));
    }
    var seen = new LinkedHashMap<String, List<List<String>>>();
    for (String role : views().keySet()) {
      seen.put(role, records(view(role)));
    }
    Enforcement.require(records(input), records(out.resolve("protected.csv")), seen);

    step("One byte of the package is flipped: it is refused");
    byte[] sealed = Files.readAllBytes(offline.resolve("rps.json"));
    int middle = sealed.length / 2;
    sealed[middle] = (byte) (sealed[middle] == 'A' ? 'B' : 'A');
    Path altered = offline.resolve("rps-altered.json");
    Files.write(altered, sealed);
    Enforcement.requireRefusal(
        protect(
            altered,
            1,
            "unprotect",
            "fiona",
            out.resolve("protected.csv"),
            out.resolve("never.csv")));
    if (Files.exists(out.resolve("never.csv"))) {
      throw new CommandFailure("The altered package was refused, and yet something was written");
    }
  }

  private void protector(int expected, String operation, String user, Path from, Path to)
      throws IOException {
    protect(offline.resolve("rps.json"), expected, operation, user, from, to);
  }

  /** Returns what the protector says. */
  private String protect(
      Path sealedPackage, int expected, String operation, String user, Path from, Path to)
      throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                operation,
                "--package",
                sealedPackage.toString(),
                "--private-key",
                offline.resolve("key.pem").toString(),
                "--trusted-keys",
                offline.resolve("signer.jwks.json").toString(),
                "--state-dir",
                offline.resolve("state").toString(),
                "--user",
                user));
    for (Column column : Story.COLUMNS) {
      arguments.add("--column");
      arguments.add(column.column() + "=" + column.element());
    }
    arguments.add(from.toString());
    arguments.add(to.toString());
    terminal.printf(
        "  bulla %s --user %s %s %s%n", operation, user, from.getFileName(), to.getFileName());
    terminal.flush();
    var builder = new ProcessBuilder(installation.protector(arguments.toArray(new String[0])));
    builder.environment().clear();
    // Else Java would read the names of files as ASCII.
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(offline.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    said.lines().forEach(line -> terminal.println("    " + line));
    int status = waitFor(process);
    terminal.println("    exit status " + status);
    terminal.flush();
    if (status != expected) {
      throw new CommandFailure(
          "The protector ended with status %d instead of %d".formatted(status, expected));
    }
    Matcher rate = RATE.matcher(said);
    if (rate.find()) {
      rates.put(to.getFileName().toString(), rate.group(1));
    }
    return said;
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted", interrupted);
    }
  }

  /** One sample row as each role sees it, the speed, and where the files lie. */
  void report() throws IOException {
    step("Row " + SAMPLE_ROW + " as each role sees it");
    var rows = new LinkedHashMap<String, List<String>>();
    rows.put("input", records(out.resolve("customers.csv")).get(SAMPLE_ROW));
    rows.put("protected", records(out.resolve("protected.csv")).get(SAMPLE_ROW));
    for (String role : views().keySet()) {
      rows.put(role, records(view(role)).get(SAMPLE_ROW));
    }
    List<String> header = records(out.resolve("customers.csv")).get(0);
    for (int column = 0; column < header.size(); column++) {
      terminal.println("  " + header.get(column));
      for (var row : rows.entrySet()) {
        terminal.printf("    %-10s %s%n", row.getKey(), shortened(row.getValue().get(column)));
      }
    }
    step("Speed and files");
    int count = records(out.resolve("customers.csv")).size() - 1;
    rates.forEach(
        (file, rate) -> terminal.printf("  %-18s %,d rows at %s rows/s%n", file, count, rate));
    terminal.println("  everything lies in " + out);
    terminal.flush();
  }

  private static String shortened(String value) {
    int longest = 60;
    return value.isEmpty()
        ? "(empty)"
        : value.length() <= longest ? value : value.substring(0, longest) + "...";
  }

  /** The roles whose view is written, each with the user who looks. */
  private static Map<String, String> views() {
    var views = new LinkedHashMap<String, String>();
    for (String role : List.of(Story.SUPPORT, Story.FRAUD, Story.ANALYST)) {
      views.put(role, Story.MEMBERS.get(role).get(0));
    }
    return views;
  }

  private Path view(String role) {
    return out.resolve("view-" + role + ".csv");
  }

  private static List<List<String>> records(Path file) throws IOException {
    try (var csv = CsvReader.builder().ofCsvRecord(file)) {
      return csv.stream().map(record -> record.getFields()).toList();
    }
  }

  private void writeMemberSource() throws IOException {
    Path sources = Files.createDirectories(out.resolve("sources"));
    Files.createDirectories(offline);
    Files.write(
        sources.resolve("users.txt"),
        Story.MEMBERS.values().stream().flatMap(List::stream).toList());
    var groups = new ArrayList<String>();
    Story.MEMBERS.forEach(
        (role, users) -> {
          groups.add("[" + role + "-team]");
          groups.addAll(users);
        });
    Files.write(sources.resolve("groups.txt"), groups);
  }

  private String adminPassword() {
    try (var file = SecretFiles.read(settings.data().resolve("admin.password"))) {
      return file.secret().with(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static void createRole(ApiClient client, String name, String permission) {
    client.post(
        "/pty/v1/auth/roles",
        Map.of(
            "name",
            name,
            "description",
            "Made for the demonstration",
            "permissions",
            List.of("can_create_token", permission)));
  }

  private static void createUser(ApiClient client, String name, String password, String role) {
    client.post(
        "/pty/v1/auth/users",
        Map.of(
            "username",
            name,
            "email",
            name + "@example.com",
            "firstName",
            "Sample",
            "lastName",
            "User",
            "enabled",
            true,
            "password",
            password,
            "roles",
            List.of(role)));
  }

  private KeyPair exportKey() throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(3072);
      KeyPair pair = generator.generateKeyPair();
      SecretFiles.create(
          offline.resolve("key.pem"),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()).getBytes(StandardCharsets.US_ASCII));
      return pair;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has RSA", impossible);
    }
  }

  private static String pem(String label, byte[] content) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static String randomPassword() {
    var bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  private ApiClient client() {
    return new ApiClient(settings.url(), settings.authority(), terminal);
  }

  private void step(String what) {
    terminal.println(what);
    terminal.flush();
  }
}
