package bulla.it;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link TestServer} that all of them share. It starts when the first test asks
 * for it, and JUnit stops it at the end of the run, because the root's store closes what it holds.
 */
final class BullaServer implements ParameterResolver, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(BullaServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestServer.class, key -> started(), TestServer.class);
  }

  /** What the tests of a class have changed is in the journal. */
  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    TestServer server =
        context.getRoot().getStore(NAMESPACE).get(TestServer.class, TestServer.class);
    if (server != null) {
      Changes.requireEntries(server);
    }
  }

  private static TestServer started() {
    TestServer server =
        TestServer.fresh(Path.of(System.getProperty("it.directory"), "blackbox").toAbsolutePath());
    try {
      server.start();
      return server;
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }
}
