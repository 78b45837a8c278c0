package bulla.protector;

import bulla.protection.ReturnCode;
import bulla.protection.TableMemory;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackagedElement;
import bulla.resilientpackage.envelope.VisibleText;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.DataElement;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Protects and reveals data by a deployed policy, without any connection: all it needs is the
 * sealed package, the private key that the package is sealed to and the keys of the issuers that
 * are trusted.
 *
 * <p>Safe for use by several threads; keep one for as long as the package is in use. The policy
 * binds whoever goes through this class. It cannot bind who holds the private key and the package:
 * they hold the keys of every data element in it.
 */
public final class Protector implements AutoCloseable {
  /** How long a session may rest, as published. */
  public static final Duration SESSION_TIME_OUT = Duration.ofMinutes(15);

  private static final System.Logger LOG = System.getLogger(Protector.class.getName());

  private final PackageFile file;
  private final AuditSink audit;
  private final ApplicationIdentity application;
  private final ReentrantLock reloading = new ReentrantLock();
  private volatile PolicyInUse policy;
  private ScheduledExecutorService watch;

  private Protector(PackageFile file, AuditSink audit, ApplicationIdentity application)
      throws IOException {
    this.file = file;
    this.audit = audit;
    this.application = application;
    this.policy = file.openIfChanged(this::inUse).orElseThrow();
  }

  /**
   * Opens a package; audit records are appended to {@code audit.jsonl} in the state directory.
   *
   * @param packageFile the package, as the server exports it
   * @param decryptor whoever has the private key
   * @param trustedKeys the verification keys of the issuers that are trusted
   * @param stateDirectory where the serial of the last accepted package of each issuer and data
   *     store is remembered; created, for its owner alone, when there is none. Protectors that
   *     share it refuse together what is older than what one of them has seen
   * @throws bulla.resilientpackage.envelope.PackageException when the package is refused
   * @throws IOException when a file cannot be read or written
   * @throws IllegalArgumentException when the system property of the memory for look-up tables is
   *     wrong, as {@link TableMemory#shared} says
   */
  public static Protector open(
      Path packageFile, Decryptor decryptor, TrustedKeys trustedKeys, Path stateDirectory)
      throws IOException {
    AuditSink audit = AuditFile.inStateDirectory(stateDirectory);
    try {
      return open(packageFile, decryptor, trustedKeys, stateDirectory, audit);
    } catch (IOException | RuntimeException e) {
      audit.close();
      throw e;
    }
  }

  /**
   * Opens a package.
   *
   * @param packageFile the package, as the server exports it
   * @param decryptor whoever has the private key
   * @param trustedKeys the verification keys of the issuers that are trusted
   * @param stateDirectory as above
   * @param audit where audit records go; closed together with this protector
   * @throws bulla.resilientpackage.envelope.PackageException when the package is refused
   * @throws IOException when a file cannot be read or written
   * @throws IllegalArgumentException when the system property of the memory for look-up tables is
   *     wrong, as {@link TableMemory#shared} says
   */
  public static Protector open(
      Path packageFile,
      Decryptor decryptor,
      TrustedKeys trustedKeys,
      Path stateDirectory,
      AuditSink audit)
      throws IOException {
    return open(
        packageFile,
        decryptor,
        trustedKeys,
        stateDirectory,
        audit,
        ApplicationIdentity.ofProcess());
  }

  /**
   * Opens a package for an application of another name than this process's.
   *
   * @param packageFile the package, as the server exports it
   * @param decryptor whoever has the private key
   * @param trustedKeys the verification keys of the issuers that are trusted
   * @param stateDirectory as above
   * @param audit where audit records go; closed together with this protector
   * @param application what this application is called, where the package names trusted ones
   * @throws bulla.resilientpackage.envelope.PackageException when the package is refused
   * @throws IOException when a file cannot be read or written
   * @throws IllegalArgumentException when the system property of the memory for look-up tables is
   *     wrong, as {@link TableMemory#shared} says
   */
  public static Protector open(
      Path packageFile,
      Decryptor decryptor,
      TrustedKeys trustedKeys,
      Path stateDirectory,
      AuditSink audit,
      ApplicationIdentity application)
      throws IOException {
    // A wrong limit is refused here, not at the first value.
    TableMemory.shared();
    OwnerOnly.createDirectories(stateDirectory);
    var file =
        new PackageFile(packageFile, decryptor, trustedKeys, stateDirectory, System::nanoTime);
    return new Protector(file, audit, application);
  }

  /**
   * Takes the package into use that the file holds now, if it is another one than before. Calls in
   * progress end with the package that they began with; each call uses one package alone.
   *
   * @return whether another package is in use now
   * @throws bulla.resilientpackage.envelope.PackageException when it is refused: the one before
   *     stays in use, and this state of the file is not tried again; where the clock or the memory
   *     of serials is to blame, it is after a minute, or when that memory has changed
   * @throws IOException when something cannot be reached: the one before stays in use
   */
  public boolean reload() throws IOException {
    reloading.lock();
    try {
      requireOpen();
      Optional<PolicyInUse> next = file.openIfChanged(this::inUse);
      if (next.isEmpty()) {
        return false;
      }
      PolicyInUse former = policy;
      policy = next.get();
      former.release();
      return true;
    } finally {
      reloading.unlock();
    }
  }

  /**
   * Trusts these verification keys in place of those before, from the next {@link #reload} on: it
   * tries the file again that was refused, or opens anew the one in use. What is in use stays so
   * until then, and until another package is accepted: whoever stops trusting a key replaces the
   * package that it signed as well. Keys are never fetched from anywhere.
   *
   * @param trustedKeys the verification keys of the issuers that are trusted
   */
  public void trust(TrustedKeys trustedKeys) {
    file.trust(Objects.requireNonNull(trustedKeys));
  }

  /**
   * Looks again and again whether the package file has changed, and reloads it. A package that is
   * refused, or cannot be reached, is told to the system's logger as a warning, and the one before
   * stays in use.
   *
   * @param cadence the time between two looks, such as 60 seconds
   */
  public void reloadEvery(Duration cadence) {
    reloadEvery(
        cadence,
        refusal ->
            LOG.log(
                System.Logger.Level.WARNING,
                "{0} is not taken into use, serial {1} stays: {2}",
                file,
                Long.toString(header().serial()),
                VisibleText.of(String.valueOf(refusal.getMessage()))));
  }

  /**
   * The same, with a listener of one's own for what keeps a new package from use: an {@link
   * IOException}, a {@link bulla.resilientpackage.envelope.PackageException}, another exception of
   * the decryptor, or an {@link ExecutionException} whose cause is an error, such as too little
   * memory. The looking goes on after each, also when the listener throws, which is told to the
   * system's logger.
   */
  public void reloadEvery(Duration cadence, Consumer<? super Exception> refused) {
    reloading.lock();
    try {
      requireOpen();
      if (watch != null) {
        throw new IllegalStateException("The package file is watched already");
      }
      watch =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                var thread = new Thread(task, "bulla-package-watch");
                thread.setDaemon(true);
                return thread;
              });
      ScheduledFuture<?> looks =
          watch.scheduleWithFixedDelay(
              () -> look(refused), cadence.toNanos(), cadence.toNanos(), TimeUnit.NANOSECONDS);
      Objects.requireNonNull(looks);
    } finally {
      reloading.unlock();
    }
  }

  // Whatever left this would end the looking, and nobody would learn of it.
  private void look(Consumer<? super Exception> refused) {
    try {
      reload();
    } catch (IOException | RuntimeException e) {
      tell(refused, e);
    } catch (Error e) {
      tell(refused, new ExecutionException("The new package could not be opened: " + e, e));
    }
  }

  private void tell(Consumer<? super Exception> refused, Exception reason) {
    if (policy == null) {
      return;
    }
    try {
      refused.accept(reason);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "A listener to refused packages failed", e);
    }
  }

  /**
   * One user's use of this protector, until it rests for {@link #SESSION_TIME_OUT}.
   *
   * @param user the name that the policy knows, in any case; the caller vouches for it
   * @throws IllegalArgumentException when it is empty
   * @throws ProtectorException with code 28 when the package names trusted applications and this is
   *     none of them
   */
  public Session session(String user) {
    return session(user, SESSION_TIME_OUT);
  }

  /** The same, with another time-out. */
  public Session session(String user, Duration timeOut) {
    return session(user, new Rest(timeOut, System::nanoTime));
  }

  Session session(String user, Rest rest) {
    if (user.isBlank()) {
      throw new IllegalArgumentException("The user's name is empty");
    }
    if (!inUse().isTrusted()) {
      throw new ProtectorException(
          ReturnCode.APPLICATION_NOT_AUTHORIZED, ReturnCode.APPLICATION_NOT_AUTHORIZED.text());
    }
    return new Session(this, user, UUID.randomUUID().toString(), rest);
  }

  /** What the package in use says of itself. */
  public PackageHeader header() {
    return inUse().header();
  }

  /** The data elements of the policy in use, in its order. */
  public List<DataElement> dataElements() {
    return inUse().opened().elements().stream().map(PackagedElement::element).toList();
  }

  /**
   * The bytes that the look-up tables of a data element take now; 0 before its first use.
   *
   * @throws java.util.NoSuchElementException when the policy in use has no such data element
   */
  public long tableBytes(String dataElement) {
    PolicyInUse held = holdPolicy();
    try {
      return held.element(dataElement).protection().tableBytes();
    } finally {
      held.release();
    }
  }

  /** Who may do what by the policy in use. */
  public AccessTable accessTable() {
    return inUse().opened().accessTable();
  }

  /** The version of this library; {@code unknown} where it runs from loose classes. */
  public static String version() {
    // A module has its version in its descriptor, a jar on a class path in its manifest.
    return Optional.ofNullable(Protector.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Protector.class.getPackage().getImplementationVersion()))
        .orElse("unknown");
  }

  /** The policy in use, which the caller releases. */
  PolicyInUse holdPolicy() {
    PolicyInUse held;
    do {
      held = inUse();
      // It may have been replaced in between, and then another one is in use.
    } while (!held.hold());
    return held;
  }

  AuditSink audit() {
    return audit;
  }

  /**
   * Passes on the audit records that wait in the sink, as those of an {@link AuditAggregation} do.
   * Results that are given on as a whole, such as a file, need no longer wait after it.
   *
   * @throws ProtectorException with code 51 when a record of an earlier call is not kept
   */
  public void flushAudit() {
    try {
      audit.flush();
    } catch (IOException | RuntimeException e) {
      throw notRecorded();
    }
  }

  /** Without its cause: what a sink says of its failure is for whoever runs it. */
  static ProtectorException notRecorded() {
    return new ProtectorException(ReturnCode.LOGS_NOT_SENT, "The audit record cannot be written.");
  }

  private PolicyInUse inUse(OpenedPackage opened) {
    return new PolicyInUse(opened, application.isTrustedBy(opened.applications()));
  }

  private PolicyInUse inUse() {
    PolicyInUse now = policy;
    if (now == null) {
      throw closed();
    }
    return now;
  }

  private void requireOpen() {
    if (policy == null) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("This protector is closed");
  }

  /**
   * Wipes the package's keys when the last call in progress has ended, and closes the audit sink.
   */
  @Override
  public void close() throws IOException {
    reloading.lock();
    try {
      PolicyInUse last = policy;
      if (last == null) {
        return;
      }
      policy = null;
      if (watch != null) {
        watch.shutdownNow();
      }
      last.release();
    } finally {
      reloading.unlock();
    }
    audit.close();
  }

  /** What the package in use says of itself; no keys. */
  @Override
  public String toString() {
    PolicyInUse now = policy;
    return now == null ? "Protector[closed]" : "Protector[" + now.header() + "]";
  }
}
