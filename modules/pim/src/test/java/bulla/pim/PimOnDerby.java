package bulla.pim;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import bulla.commonops.caller.Caller;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.http.StrictJson;
import bulla.database.Schema;
import bulla.pim.datastore.AddExportKey;
import bulla.pim.datastore.ExportKeyView;
import bulla.pim.datastore.WriteDataStore;
import bulla.pim.deployment.DeployStore;
import bulla.pim.deployment.DeployStores;
import bulla.pim.deployment.StoreDeployment;
import bulla.pim.deployment.StoreDeployments;
import bulla.pim.object.PlacedKeys;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.RecordedRemovals;
import bulla.pim.object.References;
import bulla.pim.object.Referrer;
import bulla.pim.object.SealedPackages;
import bulla.pim.policy.WriteGrants;
import bulla.pim.policy.WritePolicy;
import bulla.pim.policy.WriteRule;
import bulla.pim.source.MemberSources;
import bulla.pim.source.SourceContent;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.MethodJson;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * All services of this module as the server has them, on a real database in memory: constructed by
 * their own constructors, each call in a transaction of its own. What lies outside of the module is
 * replaced by what a test gives: keys that are not encrypted, a journal in memory, sources.
 */
public final class PimOnDerby implements AutoCloseable {
  /** One entry of the journal, in the order of the changes. */
  public record Entry(
      String action, String objectId, String detail, ObjectStates states, Committed committed) {}

  /** A change whatever version the object has. */
  public static final class AnyVersion implements LongConsumer, Consumer<String> {
    @Override
    public void accept(long version) {
      // Every one will do.
    }

    @Override
    public void accept(String version) {
      // Every one will do.
    }
  }

  /** Whether the transaction of an entry was committed. */
  public static final class Committed {
    private volatile boolean committed;

    public boolean isTrue() {
      return committed;
    }
  }

  private static final ThreadLocal<EntityManager> CURRENT = new ThreadLocal<>();
  private static final ThreadLocal<Committed> COMMITTED = new ThreadLocal<>();

  private final EmbeddedDataSource database = new EmbeddedDataSource();
  private final AtomicLong statements = new AtomicLong();
  private final EntityManagerFactory factory;
  private final Map<Class<?>, Object> beans = new ConcurrentHashMap<>();
  private final List<Class<?>> classes = classes();
  private final List<Entry> journal = new ArrayList<>();
  private final Map<String, SourceContent> sources = new HashMap<>();
  private final RecordedRemovals removals = new RecordedRemovals();
  private final EntityManager entityManager =
      (EntityManager)
          Proxy.newProxyInstance(
              PimOnDerby.class.getClassLoader(),
              new Class<?>[] {EntityManager.class},
              (proxy, method, arguments) -> invoke(method, CURRENT.get(), arguments));

  public PimOnDerby() {
    this(true);
  }

  /**
   * @param initialized whether {@code POST /init} has been called
   */
  public PimOnDerby(boolean initialized) {
    database.setDatabaseName("memory:" + UUID.randomUUID());
    database.setCreateDatabase("create");
    Schema.migrate(database, "pim");
    var configuration =
        new PersistenceConfiguration("pim-test")
            .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
            .property("jakarta.persistence.nonJtaDataSource", counted())
            .property("eclipselink.logging.level", "OFF")
            .property("eclipselink.weaving", "false")
            .property("eclipselink.cache.shared.default", "false");
    entities().forEach(configuration::managedClass);
    factory = configuration.createEntityManagerFactory();
    beans.put(bulla.keyring.Keyring.class, new PlacedKeys());
    beans.put(Caller.class, new Caller());
    beans.put(
        ChangeJournal.class,
        new ChangeJournal(
            new MemoryJournal(), new Caller(), new StrictJson(List.of(MethodJson.module()))));
    beans.put(References.class, new References(() -> referrers().iterator()));
    beans.put(SealedPackages.class, removals);
    beans.put(
        MemberSources.class,
        (MemberSources)
            (wanted, atMost) -> {
              Map<String, SourceContent> read = new HashMap<>(sources);
              read.keySet().retainAll(wanted.keySet());
              return read;
            });
    if (initialized) {
      call("initialization.InitializationService", "initialize");
    }
  }

  /** Says what the source with this uid holds. */
  public void source(String uid, List<String> users, Map<String, List<String>> groups) {
    sources.put(uid, SourceContent.of(users, groups));
  }

  /**
   * Calls a method of a service in a transaction.
   *
   * @param service such as {@code role.RoleService}
   * @throws RuntimeException what the method throws
   */
  public Object call(String service, String method, Object... arguments) {
    return transaction(
        () -> {
          Object bean = bean(named(service));
          Method found =
              Arrays.stream(bean.getClass().getDeclaredMethods())
                  .filter(one -> one.getName().equals(method))
                  .filter(one -> fits(one, arguments))
                  .findFirst()
                  .orElseThrow(() -> new IllegalArgumentException(service + "." + method));
          found.setAccessible(true);
          return invoke(found, bean, arguments);
        });
  }

  /** A service; where the type is an interface, each call of it is in a transaction. */
  public <T> T of(Class<T> type) {
    Object bean = bean(type);
    return type.cast(
        type.isInterface()
            ? Proxy.newProxyInstance(
                PimOnDerby.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  method.setAccessible(true);
                  return transaction(() -> invoke(method, bean, arguments));
                })
            : bean);
  }

  /** Deploys to one data store as the API does: sources are read between a look and the deploy. */
  public StoreDeployment deploy(String store, DeployStore wanted) {
    call("deployment.DeploymentService", "check", store, wanted);
    return (StoreDeployment)
        call(
            "deployment.DeploymentService",
            "deploy",
            store,
            wanted,
            call("deployment.SourcesForDeploy", "read", wanted.policies()));
  }

  /** The same to several data stores. */
  public StoreDeployments deploy(DeployStores wanted) {
    call("deployment.DeploymentService", "check", wanted);
    Set<String> policies =
        wanted.dataStores().stream()
            .flatMap(store -> store.policies().stream())
            .collect(Collectors.toSet());
    return (StoreDeployments)
        call(
            "deployment.DeploymentService",
            "deploy",
            wanted,
            call("deployment.SourcesForDeploy", "read", policies));
  }

  /** What is deployed, as the API shows it. */
  public StoreDeployments deployed() {
    Object policies = call("deployment.DeploymentService", "deployedPolicies");
    return (StoreDeployments)
        call(
            "deployment.DeploymentService",
            "status",
            call("deployment.SourcesForDeploy", "tryToRead", policies));
  }

  /** The same of a method that returns a list. */
  public <T> List<T> list(Class<T> of, String service, String method, Object... arguments) {
    return ((List<?>) call(service, method, arguments)).stream().<T>map(of::cast).toList();
  }

  /** What changes begin with, for a test that holds one. */
  public PolicyChanges changes() {
    return (PolicyChanges) bean(PolicyChanges.class);
  }

  /**
   * Runs work in a transaction, which is rolled back if it throws; in the one of this thread where
   * there is one.
   */
  public <T> T transaction(Supplier<T> work) {
    if (CURRENT.get() != null) {
      return work.get();
    }
    EntityManager opened = factory.createEntityManager();
    CURRENT.set(opened);
    var outcome = new Committed();
    COMMITTED.set(outcome);
    try {
      opened.getTransaction().begin();
      T result = work.get();
      opened.getTransaction().commit();
      outcome.committed = true;
      return result;
    } finally {
      if (opened.getTransaction().isActive()) {
        opened.getTransaction().rollback();
      }
      opened.close();
      CURRENT.remove();
      COMMITTED.remove();
    }
  }

  /** A connection that is not counted, for the test's own statements. */
  public Connection connection() throws SQLException {
    return database.getConnection();
  }

  /** Executes a statement on a connection that is not counted. */
  public void sql(String statement) throws SQLException {
    try (Connection connection = connection();
        Statement executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  /** The first statement of a migration of policy management that contains {@code part}. */
  public static String migration(String file, String part) throws IOException {
    try (InputStream in = PimOnDerby.class.getResourceAsStream("/db/migration/pim/" + file)) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*", 0))
          .filter(statement -> statement.contains(part))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Which packages were removed. */
  public RecordedRemovals removals() {
    return removals;
  }

  /** How many statements the services have executed. */
  public long statements() {
    return statements.get();
  }

  /** The journal; changes happen one after the other, and so do its entries. */
  public List<Entry> journal() {
    synchronized (journal) {
      return List.copyOf(journal);
    }
  }

  /**
   * A policy in which the first role may do everything with the first data element, and a data
   * store with an export key that nobody has the private key of.
   *
   * @return the key's fingerprint
   */
  public String policyAndStore() {
    call("policy.PolicyService", "create", new WritePolicy("p", null, null));
    call(
        "policy.RuleService",
        "create",
        "1",
        new WriteRule(
            "1",
            "1",
            null,
            NoAccessOperation.EXCEPTION,
            new WriteGrants(Permissions.ALL, AuditFlags.NONE)));
    call("datastore.DataStoreService", "create", new WriteDataStore("s", null, false));
    var key =
        (ExportKeyView)
            call(
                "datastore.ExportKeyService",
                "add",
                "1",
                new AddExportKey("RSA-OAEP-256", null, publicKey()));
    return key.fingerprint().replace(":", "");
  }

  /**
   * A new RSA key in PEM that nobody has the private key of: its modulus is a random number, whose
   * factors nobody looked for, because two primes take longer to find than most tests run.
   */
  public static String publicKey() {
    BigInteger modulus = new BigInteger(2048, new SecureRandom()).setBit(2047).setBit(0);
    try {
      byte[] encoded =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4))
              .getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(encoded)
          + "\n-----END PUBLIC KEY-----";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    factory.close();
  }

  private List<Referrer> referrers() {
    return classes.stream()
        .filter(Referrer.class::isAssignableFrom)
        .map(type -> (Referrer) bean(type))
        .toList();
  }

  private Object bean(Class<?> type) {
    Object known = beans.get(type);
    if (known != null) {
      return known;
    }
    Class<?> implementation =
        classes.stream()
            .filter(type::isAssignableFrom)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Nothing is a " + type));
    Object made = beans.get(implementation);
    if (made == null) {
      made = make(implementation);
      beans.put(implementation, made);
    }
    beans.put(type, made);
    return made;
  }

  private Object make(Class<?> type) {
    Constructor<?> constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(one -> one.isAnnotationPresent(Inject.class) || one.getParameterCount() == 0)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(type + " has no constructor"));
    constructor.setAccessible(true);
    try {
      Object made =
          constructor.newInstance(
              Arrays.stream(constructor.getParameterTypes()).map(this::bean).toArray());
      for (Class<?> of = type; of != Object.class; of = of.getSuperclass()) {
        for (Field field : of.getDeclaredFields()) {
          if (field.isAnnotationPresent(PersistenceContext.class)) {
            field.setAccessible(true);
            field.set(made, entityManager);
          }
        }
      }
      return made;
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(type + " cannot be made", failed);
    }
  }

  private static boolean fits(Method method, Object[] arguments) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (arguments[i] != null && !types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Object invoke(Method method, Object target, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Class<?> named(String service) {
    return classes.stream()
        .filter(type -> type.getName().equals("bulla.pim." + service))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(service));
  }

  private static List<Class<?>> classes() {
    try {
      Path root =
          Path.of(PimApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root.resolve("bulla"))) {
        List<Class<?>> found = new ArrayList<>();
        for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
          String path = root.relativize(file).toString();
          Class<?> type =
              Class.forName(
                  path.substring(0, path.length() - ".class".length()).replace('/', '.'),
                  false,
                  PimApplication.class.getClassLoader());
          if (type.isAnnotationPresent(Dependent.class)) {
            found.add(type);
          }
        }
        return found;
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException unreadable) {
      throw new IllegalStateException("The module's classes cannot be listed", unreadable);
    }
  }

  private static List<Class<?>> entities() {
    try (InputStream in = PimApplication.class.getResourceAsStream("/META-INF/persistence.xml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Class<?>> found = new ArrayList<>();
      var names = Pattern.compile("<class>([^<]+)</class>").matcher(text);
      while (names.find()) {
        found.add(Class.forName(names.group(1)));
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ClassNotFoundException renamed) {
      throw new LinkageError(renamed.getMessage(), renamed);
    }
  }

  private DataSource counted() {
    Set<String> executing = Set.of("execute", "executeQuery", "executeUpdate", "executeBatch");
    return proxy(
        DataSource.class,
        database,
        (method, connection) ->
            connection instanceof Connection opened
                ? proxy(
                    Connection.class,
                    opened,
                    (called, statement) ->
                        statement instanceof PreparedStatement prepared
                            ? proxy(
                                PreparedStatement.class,
                                prepared,
                                (executed, result) -> {
                                  if (executing.contains(executed.getName())) {
                                    statements.incrementAndGet();
                                  }
                                  return result;
                                })
                            : statement)
                : connection);
  }

  /** What a method returned, or what stands for it. */
  private interface Returned {
    Object of(Method method, Object returned);
  }

  private static <T> T proxy(Class<T> type, T target, Returned returned) {
    return type.cast(
        Proxy.newProxyInstance(
            PimOnDerby.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return returned.of(method, method.invoke(target, arguments));
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  private final class MemoryJournal implements AuditJournal {
    @Override
    public void recordChange(AuditEvent event, ObjectStates states) {
      synchronized (journal) {
        journal.add(
            new Entry(event.action(), event.objectId(), event.detail(), states, COMMITTED.get()));
      }
    }

    @Override
    public void recordRefusal(AuditEvent event) {
      throw new UnsupportedOperationException();
    }
  }
}
