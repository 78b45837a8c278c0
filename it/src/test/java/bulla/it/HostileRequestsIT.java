package bulla.it;

import static bulla.it.Samples.PIM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, the answer is a problem document of the client's fault, says nothing of the
 * server's inside, and nothing has changed. Addresses that are no URI are in {@link
 * MalformedRequestIT}.
 */
@SharedServer
class HostileRequestsIT {
  private static final String AUTH = "/pty/v1/auth";
  private static final String RPS = "/pty/v1/rps";
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** More than the server takes, which is one mebibyte. */
  private static final int TOO_MUCH = (1 << 20) + 1;

  /** What all attacks together must leave as it is. */
  private static final List<String> LISTS =
      List.of(
          AUTH + "/users?max=1000",
          AUTH + "/roles",
          PIM + "/roles",
          PIM + "/dataelements",
          PIM + "/masks",
          PIM + "/sources",
          PIM + "/policies",
          PIM + "/datastores",
          PIM + "/deploy");

  /**
   * One request.
   *
   * @param body null for none
   * @param headers names and values in turn
   */
  record Hostile(String what, String method, String path, String body, List<String> headers) {
    static Hostile json(String what, String method, String path, String body, String... headers) {
      var all = new ArrayList<>(List.of("Content-Type", JSON));
      all.addAll(List.of(headers));
      return new Hostile(what, method, path, body, all);
    }

    static Hostile bare(String what, String method, String path, String... headers) {
      return new Hostile(what, method, path, null, List.of(headers));
    }

    BodyPublisher publisher() {
      return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    }

    @Override
    public String toString() {
      String start = path.length() > 60 ? path.substring(0, 60) + "..." : path;
      return what + ": " + method + " " + start;
    }
  }

  /** Every path that takes JSON, with the method that does. */
  private static final Map<String, String> WRITES = writes();

  private static Map<String, String> writes() {
    var writes = new LinkedHashMap<String, String>();
    writes.put(AUTH + "/users", "POST");
    writes.put(AUTH + "/users?", "PUT");
    writes.put(AUTH + "/users/password", "PUT");
    writes.put(AUTH + "/roles", "POST");
    writes.put(AUTH + "/roles?", "PUT");
    writes.put(AUTH + "/roles?x", "DELETE");
    writes.put(AUTH + "/login/refresh", "POST");
    writes.put(AUTH + "/login/token/refresh", "POST");
    writes.put(AUTH + "/log", "POST");
    writes.put(PIM + "/roles", "POST");
    writes.put(PIM + "/roles/1/members", "POST");
    writes.put(PIM + "/dataelements", "POST");
    writes.put(PIM + "/masks", "POST");
    writes.put(PIM + "/sources", "POST");
    writes.put(PIM + "/policies", "POST");
    writes.put(PIM + "/policies/1/rules", "POST");
    writes.put(PIM + "/policies/1/rules?", "PUT");
    writes.put(PIM + "/datastores", "POST");
    writes.put(PIM + "/datastores/1/export/keys", "POST");
    writes.put(PIM + "/datastores/1/deploy", "POST");
    writes.put(PIM + "/deploy", "POST");
    writes.put(PIM + "/log", "POST");
    writes.put(RPS + "/log", "POST");
    return writes;
  }

  private static List<String> brokenBodies() {
    return List.of(
        "",
        " ",
        "null",
        "{",
        "}",
        "{\"name\"",
        "{\"name\":}",
        "{'name':'x'}",
        "{\"name\":\"x\",}",
        "{\"name\":\"x\"}{\"name\":\"y\"}",
        "{\"name\":\"x\"} trailing",
        "[1,2",
        "\"text\"",
        "42",
        "true",
        "NaN",
        "{\"name\":\"\\ud800\\q\"}",
        "\u0000",
        "\ufeff{\"name\":5}",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "name=x&mode=MANUAL",
        "{\"name\":\"x\",\"name\":\"x\"}",
        "{\"hostile\":\"unknown\"}",
        "{\"__proto__\":{},\"constructor\":1,\"@type\":\"javax.naming.InitialContext\"}",
        "[[\"javax.naming.InitialContext\",{}]]",
        "{\"name\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
        "[".repeat(100_000),
        "{\"a\":".repeat(50_000),
        "{\"name\":1" + "0".repeat(100_000) + "}",
        "{\"name\":1e999999999}");
  }

  /**
   * Broken bodies for every path.
   *
   * @param many of so many bodies, a path gets one
   */
  static Stream<Hostile> brokenJson(int many) {
    List<Hostile> all = new ArrayList<>();
    List<String> bodies = brokenBodies();
    int turn = 0;
    for (Map.Entry<String, String> write : WRITES.entrySet()) {
      for (String body : Turns.of(bodies, turn++, many)) {
        String start = body.substring(0, Math.min(30, body.length()));
        all.add(Hostile.json(start, write.getValue(), write.getKey(), body));
      }
    }
    return all.stream();
  }

  static Stream<Hostile> wrongValues() {
    String element = "{\"name\":\"hostile\",\"alphaNumericToken\":";
    return Stream.of(
            List.of(AUTH + "/users", "{\"username\":5,\"roles\":[\"directory_viewer\"]}"),
            List.of(AUTH + "/users", "{\"username\":null,\"roles\":[\"directory_viewer\"]}"),
            List.of(AUTH + "/users", "{\"username\":\"hostile\",\"roles\":\"directory_viewer\"}"),
            List.of(AUTH + "/users", "{\"username\":\"hostile\",\"roles\":[null]}"),
            List.of(AUTH + "/users", "{\"username\":\"hostile\",\"roles\":[]}"),
            List.of(AUTH + "/users", "{\"username\":\"hostile\",\"roles\":[\"no such role\"]}"),
            List.of(
                AUTH + "/users",
                "{\"username\":\"hostile\",\"roles\":[\"directory_viewer\"],\"enabled\":\"yes\"}"),
            List.of(
                AUTH + "/users",
                "{\"username\":\"hostile\",\"roles\":[\"directory_viewer\"],\"isAdmin\":true}"),
            List.of(
                AUTH + "/users",
                "{\"username\":\"hostile\",\"roles\":[\"directory_viewer\"],\"password\":\"short\"}"),
            List.of(
                AUTH + "/users",
                "{\"username\":\"hostile\",\"roles\":[\"directory_viewer\"],\"email\":\"no\"}"),
            List.of(
                AUTH + "/users", "{\"username\":\"a\\u0000b\",\"roles\":[\"directory_viewer\"]}"),
            List.of(
                AUTH + "/users",
                "{\"username\":\"" + "x".repeat(500) + "\",\"roles\":[\"directory_viewer\"]}"),
            List.of(
                AUTH + "/users",
                "{\"username\":\"hostile\",\"username\":\"hostile2\","
                    + "\"roles\":[\"directory_viewer\"]}"),
            List.of(AUTH + "/roles", "{\"name\":\"hostile\",\"permissions\":[\"all\"]}"),
            List.of(AUTH + "/roles", "{\"name\":\"hostile\",\"permissions\":[7]}"),
            List.of(AUTH + "/roles", "{\"name\":\"../hostile\",\"permissions\":[]}"),
            List.of(AUTH + "/roles", "{\"name\":[\"hostile\"],\"permissions\":[]}"),
            List.of(PIM + "/roles", "{\"name\":\"hostile\",\"mode\":\"MAGIC\"}"),
            List.of(PIM + "/roles", "{\"name\":\"hostile\",\"mode\":0}"),
            List.of(PIM + "/roles", "{\"name\":\"hostile\",\"mode\":\"\"}"),
            List.of(PIM + "/roles", "{\"name\":\"hostile\",\"mode\":\"MANUAL\",\"allowAll\":1}"),
            List.of(
                PIM + "/roles", "{\"name\":\"hostile\",\"mode\":\"MANUAL\",\"allowAll\":\"true\"}"),
            List.of(PIM + "/roles", "{\"name\":\"hostile\",\"mode\":\"MANUAL\",\"uid\":\"1\"}"),
            List.of(PIM + "/roles", "{\"name\":\"\",\"mode\":\"MANUAL\"}"),
            List.of(PIM + "/roles", "{\"name\":\" hostile\",\"mode\":\"MANUAL\"}"),
            List.of(PIM + "/roles", "{\"name\":\"hos\\ntile\",\"mode\":\"MANUAL\"}"),
            List.of(PIM + "/roles", "{\"name\":\"hos\\u0000tile\",\"mode\":\"MANUAL\"}"),
            List.of(PIM + "/roles", "{\"name\":\"\\ud800\",\"mode\":\"MANUAL\"}"),
            List.of(PIM + "/roles", "{\"name\":\"" + "x".repeat(56) + "\",\"mode\":\"MANUAL\"}"),
            List.of(
                PIM + "/roles",
                "{\"name\":\"hostile\",\"mode\":\"MANUAL\",\"description\":\""
                    + "x".repeat(256)
                    + "\"}"),
            List.of(PIM + "/dataelements", "{\"name\":\"hostile\"}"),
            List.of(PIM + "/dataelements", element + "null}"),
            List.of(PIM + "/dataelements", element + "[]}"),
            List.of(PIM + "/dataelements", element + "{\"tokenizer\":\"SLT_9_9\"}}"),
            List.of(PIM + "/dataelements", element + "{\"fromLeft\":-1}}"),
            List.of(PIM + "/dataelements", element + "{\"fromLeft\":1.5}}"),
            List.of(PIM + "/dataelements", element + "{\"fromLeft\":99999999999}}"),
            List.of(PIM + "/dataelements", element + "{\"fromLeft\":\"1\"}}"),
            List.of(PIM + "/dataelements", element + "{\"unknown\":1}}"),
            List.of(PIM + "/dataelements", element + "{},\"numericToken\":{}}"),
            List.of(PIM + "/dataelements", "{\"name\":\"hostile\",\"magicToken\":{}}"),
            List.of(PIM + "/masks", "{\"name\":\"hostile\",\"masked\":true,\"character\":\"**\"}"),
            List.of(
                PIM + "/masks",
                "{\"name\":\"hostile\",\"fromLeft\":-1,\"masked\":true,\"character\":\"*\"}"),
            List.of(
                PIM + "/masks",
                "{\"name\":\"hostile\",\"fromLeft\":100,\"masked\":true,\"character\":\"*\"}"),
            List.of(PIM + "/sources", "{\"name\":\"hostile\",\"type\":\"LDAP\",\"connection\":{}}"),
            List.of(PIM + "/sources", source("../data/admin.password")),
            List.of(PIM + "/sources", source("/etc/passwd")),
            List.of(PIM + "/sources", source("users.txt\\u0000")),
            List.of(PIM + "/sources", source("missing.txt")),
            List.of(PIM + "/sources", source("..")),
            List.of(PIM + "/policies", "{\"name\":\"hostile\",\"template\":{\"access\":{}}}}"),
            List.of(
                PIM + "/policies",
                "{\"name\":\"hostile\",\"template\":{\"access\":{\"unprotect\":true}}}"),
            List.of(
                PIM + "/policies",
                "{\"name\":\"hostile\",\"template\":{\"access\":{\"unProtect\":\"true\"}}}"),
            List.of(PIM + "/datastores", "{\"name\":\"hostile\",\"default\":\"yes\"}"),
            List.of(PIM + "/deploy", "{\"dataStores\":[]}"),
            List.of(PIM + "/deploy", "{\"dataStores\":[null]}"),
            List.of(PIM + "/deploy", "{\"dataStores\":[{}]}"),
            List.of(PIM + "/deploy", "{\"dataStores\":{\"uid\":\"1\"}}"),
            List.of(AUTH + "/log", "{\"level\":null}"),
            List.of(AUTH + "/log", "{\"level\":1000}"),
            List.of(PIM + "/log", "{\"level\":\"OFF\"}"),
            List.of(RPS + "/log", "{\"level\":\"\"}"))
        .map(pair -> Hostile.json(pair.get(1), "POST", pair.get(0), pair.get(1)));
  }

  private static String source(String userFile) {
    return "{\"name\":\"hostile\",\"type\":\"FILE\",\"connection\":{\"userFile\":\""
        + userFile
        + "\",\"groupFile\":\"groups.txt\"}}";
  }

  static Stream<Hostile> strangePaths() {
    List<Hostile> all = new ArrayList<>();
    List<String> ids =
        List.of(
            "..%2f..%2fetc%2fpasswd",
            "%2f..%2f",
            "%2e%2e%2f%2e%2e",
            "%5c..%5c",
            "..%5c..%5cwindows",
            "abc",
            "0",
            "-1",
            "1.0",
            "1e3",
            "0x1",
            "%d9%a1",
            "9223372036854775808",
            "99999999999999999999999999999999999999",
            "1%20or%201=1",
            "1'%20or%20'1'='1",
            "999999999;drop%20table%20users",
            "%3Cscript%3E",
            "%F0%9F%94%91",
            "%7B%7B7*7%7D%7D",
            "$%7Bjndi:ldap:%2f%2fx%7D",
            "x".repeat(5000));
    for (String id : ids) {
      for (String path :
          List.of(
              AUTH + "/users/" + id,
              PIM + "/roles/" + id,
              PIM + "/dataelements/" + id,
              PIM + "/datastores/" + id,
              PIM + "/policies/" + id)) {
        all.add(Hostile.bare("id", "GET", path));
        all.add(Hostile.bare("id", "DELETE", path));
      }
      all.add(Hostile.bare("id", "GET", AUTH + "/roles/" + id));
      all.add(Hostile.bare("id", "GET", PIM + "/policies/" + id + "/rules"));
      all.add(Hostile.bare("id", "DELETE", PIM + "/roles/1/members/" + id));
      all.add(
          Hostile.bare("id", "DELETE", PIM + "/policies/1/rules?role=" + id + "&dataElement=1"));
      all.add(Hostile.bare("id", "GET", RPS + "/export/" + id));
      all.add(
          Hostile.json("id", "PUT", PIM + "/roles/" + id, "{\"name\":\"a\",\"mode\":\"MANUAL\"}"));
      all.add(Hostile.json("id", "POST", PIM + "/datastores/" + id + "/deploy", "{}"));
    }
    for (String path :
        List.of(
            AUTH + "/",
            AUTH + "/nothing",
            AUTH + "/roles/../nothing",
            PIM + "/roles/..",
            PIM + "//nothing",
            PIM + "/roles/./1/x",
            PIM + "/WEB-INF/web.xml",
            PIM + "/META-INF/MANIFEST.MF",
            PIM + "/WEB-INF%2fweb.xml",
            PIM + "/container-error",
            AUTH + "/container-error",
            RPS + "/export",
            RPS + "/export/",
            RPS + "/export/..",
            RPS + "/export/%2e%2e",
            AUTH + "/users?first=-1",
            AUTH + "/users?first=x",
            AUTH + "/users?max=-1",
            AUTH + "/users?max=99999999999999999999",
            AUTH + "/users?max=1;2")) {
      all.add(Hostile.bare("path", "GET", path));
    }
    return all.stream();
  }

  static Stream<Hostile> wrongMethodsAndTypes() {
    List<Hostile> all = new ArrayList<>();
    for (String method : List.of("PATCH", "DELETE", "PUT", "BREW")) {
      all.add(Hostile.bare("method", method, PIM + "/roles"));
      all.add(Hostile.bare("method", method, RPS + "/export/0000"));
      all.add(Hostile.bare("method", method, AUTH + "/login/token"));
      all.add(Hostile.bare("method", method, AUTH + "/version"));
    }
    all.add(Hostile.bare("method", "POST", RPS + "/export"));
    all.add(Hostile.bare("method", "POST", AUTH + "/permissions"));
    all.add(Hostile.bare("method", "GET", AUTH + "/login/token"));
    for (String accept : List.of("text/html", "application/xml", "image/*")) {
      all.add(Hostile.bare("accept", "GET", PIM + "/roles", "Accept", accept));
      all.add(Hostile.bare("accept", "GET", AUTH + "/users", "Accept", accept));
      all.add(Hostile.bare("accept", "GET", RPS + "/log", "Accept", accept));
    }
    all.add(Hostile.bare("accept", "GET", AUTH + "/version", "Accept", "///"));
    for (String weight : List.of("x", "", "-1", "2", "0.1234", "1e0", "NaN")) {
      String accept = "application/json;q=" + weight;
      all.add(Hostile.bare("weight", "GET", AUTH + "/version", "Accept", accept));
      all.add(Hostile.bare("weight", "GET", PIM + "/roles", "Accept", "text/html, " + accept));
    }
    for (String coding : List.of("gzip", "deflate", "br", "identity, gzip", "x")) {
      all.add(
          Hostile.json(
              "coding", "POST", AUTH + "/login/refresh", "{}", "Content-Encoding", coding));
      all.add(Hostile.json("coding", "POST", PIM + "/roles", "{}", "Content-Encoding", coding));
      all.add(
          new Hostile(
              "coding",
              "POST",
              AUTH + "/login/token",
              "loginname=a&password=b",
              List.of("Content-Type", FORM, "Content-Encoding", coding)));
      all.add(Hostile.bare("coding", "GET", AUTH + "/version", "Content-Encoding", coding));
      all.add(Hostile.bare("coding", "DELETE", PIM + "/roles/1", "Content-Encoding", coding));
      all.add(Hostile.bare("coding", "POST", PIM + "/init", "Content-Encoding", coding));
    }
    String tooMuch = " ".repeat(TOO_MUCH);
    all.add(new Hostile("large", "GET", RPS + "/health", tooMuch, List.of()));
    all.add(new Hostile("large", "GET", AUTH + "/jwks", tooMuch, List.of()));
    all.add(new Hostile("large", "DELETE", PIM + "/roles/1", tooMuch, List.of()));
    all.add(new Hostile("large", "POST", PIM + "/init", tooMuch, List.of()));
    all.add(Hostile.bare("accept", "GET", AUTH + "/doc", "Accept", "text/html"));
    String role = "{\"name\":\"hostile\",\"mode\":\"MANUAL\"}";
    for (String type :
        List.of(
            "text/plain",
            "application/xml",
            FORM,
            "multipart/form-data; boundary=x",
            "application/jsonx",
            "*/*",
            "application/*",
            "json",
            "/")) {
      all.add(
          new Hostile("type " + type, "POST", PIM + "/roles", role, List.of("Content-Type", type)));
    }
    for (String path : List.of(PIM + "/roles/1/members", AUTH + "/login/refresh", PIM + "/log")) {
      all.add(new Hostile("any type", "POST", path, "{}", List.of("Content-Type", "*/*")));
    }
    all.add(new Hostile("any type", "PUT", PIM + "/roles/1", role, List.of("Content-Type", "*/*")));
    all.add(new Hostile("no type", "POST", PIM + "/roles", role, List.of()));
    all.add(Hostile.bare("no type, no body", "POST", PIM + "/roles"));
    all.add(Hostile.bare("no body", "POST", PIM + "/roles", "Content-Type", JSON));
    all.add(Hostile.json("json login", "POST", AUTH + "/login/token", "{\"loginname\":\"admin\"}"));
    for (String form :
        List.of("", "loginname=admin", "password=x", "loginname=&password=", "%zz=%zz&a&&==")) {
      all.add(
          new Hostile("form", "POST", AUTH + "/login/token", form, List.of("Content-Type", FORM)));
      all.add(
          new Hostile(
              "form", "POST", AUTH + "/login/password", form, List.of("Content-Type", FORM)));
    }
    return all.stream();
  }

  @Test
  void noBrokenBodyGetsThrough(TestServer server) {
    allAreRefused(server, brokenJson(3));
  }

  @Test
  @Tag("slow")
  void noBrokenBodyGetsThroughAnywhere(TestServer server) {
    allAreRefused(server, brokenJson(1));
  }

  @Test
  void noWrongValueGetsThrough(TestServer server) {
    allAreRefused(server, wrongValues());
  }

  @Test
  void noStrangePathLeadsAnywhere(TestServer server) {
    allAreRefused(server, strangePaths());
  }

  /** RFC 9110, section 8.3.1. */
  @Test
  void theCaseOfAMediaTypeMeansNothing(TestServer server) {
    server
        .officer()
        .send(
            "POST",
            PIM + "/roles",
            BodyPublishers.ofString(
                "{\"name\":\"" + TestServer.unique("role") + "\",\"mode\":\"MANUAL\"}"),
            "Content-Type",
            "Application/JSON")
        .with(201);
  }

  @Test
  void noWrongMethodOrMediaTypeGetsThrough(TestServer server) {
    allAreRefused(server, wrongMethodsAndTypes());
  }

  @Test
  void aBodyThatIsTooLargeIsRefused(TestServer server) {
    byte[] body = ("{\"name\":\"" + "x".repeat(TOO_MUCH) + "\"}").getBytes(US_ASCII);

    tooLarge(server, "/roles", BodyPublishers.ofByteArray(body));
  }

  @Test
  void aBodyThatIsSaidToBeTooLargeIsRefusedUnread(TestServer server) throws Exception {
    assertThat(beginningOfTheAnswerToABodyOf((1 << 20) + 1, server))
        .startsWith("HTTP/1.1 413 ")
        .contains("\"code\":\"BODY_TOO_LARGE\"");
    // The container may refuse these before the API does (ADR 9).
    assertThat(beginningOfTheAnswerToABodyOf(3_000_000_000L, server)).startsWith("HTTP/1.1 413 ");
    assertThat(beginningOfTheAnswerToABodyOf(Long.MAX_VALUE, server)).startsWith("HTTP/1.1 413 ");
  }

  /**
   * Only two bytes of the body are ever sent, so that nobody waits for the end of the connection.
   */
  private static String beginningOfTheAnswerToABodyOf(long length, TestServer server)
      throws Exception {
    String request =
        "POST %s/login/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n{}"
            .formatted(AUTH, JSON, length);
    try (var socket = Https.socket(server)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      var answer = new ByteArrayOutputStream();
      var part = new byte[4096];
      int read;
      do {
        read = socket.getInputStream().read(part);
        answer.write(part, 0, Math.max(read, 0));
      } while (read > 0 && !answer.toString(US_ASCII).contains("correlationId"));
      return answer.toString(US_ASCII);
    }
  }

  /** Its frames would be kept, whatever their number, before the application is asked. */
  @Test
  void http2IsNotSpoken(TestServer server) {
    Answer answer =
        server
            .nobody()
            .send(
                HttpRequest.newBuilder(URI.create(server.nobody().url() + AUTH + "/jwks"))
                    .version(HttpClient.Version.HTTP_2));

    assertThat(answer.with(200).http().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void aBodyThatTurnsOutTooLargeIsRefused(TestServer server) {
    byte[] body = manySmallParts();

    // Of a stream the client knows no length, and announces none.
    tooLarge(
        server,
        "/roles/1/members",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  @Test
  void aFormThatIsTooLargeIsRefused(TestServer server) {
    // A form holds names and passwords alone: 16 KiB.
    Answer answer = server.nobody().login("admin", "x".repeat(1 << 14));

    answer.problem(413, "BODY_TOO_LARGE");
  }

  @Test
  void moreOrLongerHeadersThanTheServerTakesAreRefused(TestServer server) throws Exception {
    String request = "GET /pty/v1/auth/jwks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    assertThat(Https.answer(server, request + "X-Many: 1\r\n".repeat(90) + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(Https.answer(server, request + "X-Many: 1\r\n".repeat(110) + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Length: 0")
        .endsWith("\r\n\r\n");
    assertThat(Https.answer(server, request + "X-Long: " + "x".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Length: 0")
        .endsWith("\r\n\r\n");
  }

  @Test
  void noAnswerNamesTheServersSoftware(TestServer server) {
    for (String path :
        List.of(AUTH + "/jwks", AUTH + "/version", "/nothing", "/pty/docs/", "/health/ready")) {
      Answer answer = server.nobody().get(path);

      assertThat(answer.header("Server")).as(path).isEmpty();
      assertThat(answer.header("X-Powered-By")).as(path).isEmpty();
      assertThat(answer.header("Strict-Transport-Security")).as(path).startsWith("max-age=");
    }
    Answer plain = server.plain().get(AUTH + "/jwks").with(200);
    assertThat(plain.header("Strict-Transport-Security")).as("RFC 6797, section 7.2").isEmpty();
    assertThat(plain.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  /** By hand, because Java's own client does not speak it any more either. */
  @Test
  void noTlsBefore12IsSpoken(TestServer server) throws IOException {
    assertThat(firstByteAfterHello(server, 3)).as("TLS 1.2: a handshake record").isEqualTo(0x16);
    for (int minor : new int[] {0, 1, 2}) {
      assertThat(firstByteAfterHello(server, minor))
          .as("an alert, or the end of the connection")
          .isIn(0x15, -1);
    }
  }

  /** What kind of record answers a ClientHello of version 3.{@code minor} (RFC 5246, 7.4.1.2). */
  private static int firstByteAfterHello(TestServer server, int minor) throws IOException {
    URI url = URI.create(server.nobody().url());
    var body =
        HexFormat.of()
            .parseHex(
                "03%02x".formatted(minor)
                    + "5a".repeat(32)
                    // No session; ECDHE-ECDSA with AES-GCM (1.2 alone) and AES-CBC; no compression.
                    + "00"
                    + "0006c02bc009c00a"
                    + "0100"
                    // Extensions: the curve P-256, its points uncompressed, ECDSA with SHA-256.
                    + "0018"
                    + "000a000400020017"
                    + "000b00020100"
                    + "000d0006000404030401");
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(30_000);
      var out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {0x16, 3, 1, 0, (byte) (body.length + 4)});
      out.writeBytes(new byte[] {1, 0, 0, (byte) body.length});
      out.writeBytes(body);
      socket.getOutputStream().write(out.toByteArray());
      return socket.getInputStream().read();
    }
  }

  @Test
  void aFormWithoutItsLengthIsReadUpToTheSameSize(TestServer server) {
    TestUser user = server.user("can_create_token");
    String form = "loginname=" + user.name() + "&password=" + user.password();

    stream(server, form).with(200);
    stream(server, form + "&more=" + "x".repeat(TOO_MUCH)).problem(413, "BODY_TOO_LARGE");
    stream(server, "loginname=%zz&password=x").problem(400, "BAD_REQUEST");
    stream(server, "loginname=" + user.name()).problem(400, "INVALID_VALUE");
  }

  private static Answer stream(TestServer server, String form) {
    return server
        .nobody()
        .send(
            HttpRequest.newBuilder(URI.create(server.nobody().url() + AUTH + "/login/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", FORM)
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(form.getBytes(US_ASCII)))));
  }

  private static byte[] manySmallParts() {
    return ("[" + "{},".repeat(TOO_MUCH / 2) + "{}]").getBytes(US_ASCII);
  }

  private static void tooLarge(TestServer server, String path, BodyPublisher body) {
    Api officer = server.officer();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(officer.url() + PIM + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", officer.authorization())
            .header("Content-Type", JSON)
            .POST(body);

    officer.send(request).problem(413, "BODY_TOO_LARGE");
  }

  /** Every answer is a problem document of the client's fault, and the lists are as they were. */
  private static void allAreRefused(TestServer server, Stream<Hostile> requests) {
    server.officer();
    Api powerful =
        server.as(
            "workbench_management_policy_write",
            "workbench_deployment_immutablepackage_export",
            "user_manager_admin",
            "role_admin");
    List<String> before = lists(powerful);
    var failures = new ArrayList<String>();

    requests.forEach(
        hostile -> {
          try {
            send(powerful, hostile).problem();
          } catch (AssertionError | RuntimeException failed) {
            failures.add(shortened(hostile + " -> " + failed.getMessage()));
          }
        });

    assertThat(failures).isEmpty();
    assertThat(lists(powerful)).isEqualTo(before);
  }

  private static String shortened(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "..." : text;
  }

  private static Answer send(Api api, Hostile hostile) {
    return api.send(
        hostile.method(),
        hostile.path(),
        hostile.publisher(),
        hostile.headers().toArray(new String[0]));
  }

  private static List<String> lists(Api api) {
    return LISTS.stream().map(path -> api.get(path).with(200).text()).toList();
  }
}
