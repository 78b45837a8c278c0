package bulla.protector;

import bulla.protection.Protection;
import bulla.resilientpackage.access.Access;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackagedElement;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.DataElement;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

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
  private final OpenedPackage opened;
  private final AuditSink audit;
  private final Map<String, ElementProtection> elements = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private Protector(OpenedPackage opened, AuditSink audit) {
    this.opened = opened;
    this.audit = audit;
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
   */
  public static Protector open(
      Path packageFile, Decryptor decryptor, TrustedKeys trustedKeys, Path stateDirectory)
      throws IOException {
    OwnerOnly.createDirectories(stateDirectory);
    AuditSink audit = AuditFile.appendTo(stateDirectory.resolve(AuditFile.NAME));
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
   */
  public static Protector open(
      Path packageFile,
      Decryptor decryptor,
      TrustedKeys trustedKeys,
      Path stateDirectory,
      AuditSink audit)
      throws IOException {
    OwnerOnly.createDirectories(stateDirectory);
    return new Protector(
        PackageOpener.open(
            packageFile, decryptor, trustedKeys, FileSerialMemory.in(stateDirectory)),
        audit);
  }

  /**
   * One user's use of this protector.
   *
   * @param user the name that the policy knows, in any case; the caller vouches for it
   * @throws IllegalArgumentException when it is empty
   */
  public Session session(String user) {
    if (user.isBlank()) {
      throw new IllegalArgumentException("The user's name is empty");
    }
    return new Session(this, user, UUID.randomUUID().toString());
  }

  /** What the package says of itself. */
  public PackageHeader header() {
    return opened.header();
  }

  /** The data elements of the policy, in its order. */
  public List<DataElement> dataElements() {
    return opened.elements().stream().map(PackagedElement::element).toList();
  }

  /**
   * The bytes that the look-up tables of a data element take now; 0 before its first use.
   *
   * @throws java.util.NoSuchElementException when the policy has no such data element
   */
  public long tableBytes(String dataElement) {
    requireOpen();
    return element(dataElement).protection().tableBytes();
  }

  /** Who may do what. */
  public AccessTable accessTable() {
    return opened.accessTable();
  }

  /** The version of this library; {@code unknown} where it runs from loose classes. */
  public static String version() {
    // A module has its version in its descriptor, a jar on a class path in its manifest.
    return Optional.ofNullable(Protector.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Protector.class.getPackage().getImplementationVersion()))
        .orElse("unknown");
  }

  Access access(String user, String dataElement) {
    requireOpen();
    return opened.accessTable().access(user, dataElement);
  }

  /** A data element of the policy, made ready on its first use. */
  ElementProtection element(String name) {
    return elements.computeIfAbsent(name, this::prepare);
  }

  private ElementProtection prepare(String name) {
    PackagedElement packaged = opened.findElement(name).orElseThrow();
    return new ElementProtection(
        packaged.element(),
        Protection.of(packaged.element().method(), packaged.keys(), packaged.alphabet()));
  }

  AuditSink audit() {
    return audit;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This protector is closed");
    }
  }

  /** Wipes the package's keys and closes the audit sink; calls in progress may fail. */
  @Override
  public void close() throws IOException {
    closed = true;
    elements.clear();
    opened.close();
    audit.close();
  }

  /** What the package says of itself; no keys. */
  @Override
  public String toString() {
    return "Protector[" + opened.header() + "]";
  }
}
