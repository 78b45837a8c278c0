package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code /pty/docs/}: Swagger UI over the documents of all APIs. */
@SharedServer
class DocsPageIT {
  private static final String DOCS = "/pty/docs/";

  @Test
  void thePageTakesNothingFromElsewhere(TestServer server) {
    Answer page = server.nobody().get(DOCS).with(200);

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.text()).contains("swagger-ui-bundle.js").doesNotContain("http:", "https:");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("unsafe");
    assertThat(page.header("Strict-Transport-Security")).startsWith("max-age=");
    for (String file :
        new String[] {
          "docs.js",
          "docs.css",
          "swagger-ui.css",
          "swagger-ui-bundle.js",
          "swagger-ui-standalone-preset.js"
        }) {
      server.nobody().get(DOCS + file).with(200);
    }
    server.nobody().get(DOCS + "nothing").problem(404, "NO_SUCH_RESOURCE");
    server.nobody().get(DOCS + "WEB-INF/web.xml").problem(404, "NO_SUCH_RESOURCE");
    server.nobody().get(DOCS + "swagger%2dui.css").with(200);
    server.nobody().get("/pty/%64ocs/nothing").problem(404, "NO_SUCH_RESOURCE");
    server.nobody().post(DOCS).problem(405, "METHOD_NOT_ALLOWED");
    for (String path : new String[] {"/pty/docs;x", "/pty/docs;x/", "/pty/%64ocs/", DOCS + ";x"}) {
      assertThat(server.nobody().get(path).status()).as(path).isLessThan(500);
    }
  }

  @Test
  void thereAreNoPagesOverPlainHttp(TestServer server) {
    Api plain = server.plain();
    var request = HttpRequest.newBuilder(URI.create(plain.url() + DOCS));

    plain.send(request).problem(403, "HTTPS_REQUIRED");
  }

  @Test
  @Tag("slow")
  void aBrowserShowsEachDocumentAfterALogin(
      TestServer server, @TempDir(cleanup = CleanupMode.NEVER) Path profile)
      throws InterruptedException {
    var program = Browser.installed();
    assumeTrue(program.isPresent(), "SKIPPED: there is no Chromium (Debian's package: chromium)");
    TestUser user = server.user("can_create_token");
    String url = server.nobody().url();
    try (var browser = Browser.start(program.orElseThrow(), profile)) {
      browser.open(url + DOCS);
      browser.await("!!document.getElementById('name') && !!window.SwaggerUIBundle");
      logIn(browser, user.name(), "not the password");
      browser.await("document.getElementById('failure').textContent !== ''");
      logIn(browser, user.name(), user.password());

      browser.await("document.querySelectorAll('.opblock').length > 40");
      assertThat(browser.text()).contains("Authentication and Token Management", "/users");
      browser.screenshot(Path.of(System.getProperty("it.directory"), "docs-page.png"));
      for (String api : new String[] {"Policy Management", "Encrypted Resilient Package"}) {
        int index = api.startsWith("Policy") ? 1 : 2;
        browser.evaluate(
            "(() => { const list = document.querySelector('.topbar select');"
                + " Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set"
                + ".call(list, list.options["
                + index
                + "].value);"
                + " list.dispatchEvent(new Event('change', {bubbles: true})); return true; })()");
        browser.await("document.querySelector('.info .title')?.innerText.includes('" + api + "')");
      }
      assertThat(browser.requests())
          .isNotEmpty()
          .allMatch(address -> address.startsWith(url + "/pty/") || address.startsWith("data:"));
      assertThat(browser.complaints())
          .as("but for the refused login, and a style of Swagger UI's that the policy keeps out")
          .allMatch(
              complaint ->
                  complaint.contains("status of 401")
                      || complaint.contains("Applying inline style"));
    }
  }

  private static void logIn(Browser browser, String name, String password) {
    browser.evaluate(
        "(() => { document.getElementById('name').value = '"
            + name
            + "'; document.getElementById('password').value = '"
            + password
            + "'; document.getElementById('login').requestSubmit(); return true; })()");
  }
}
