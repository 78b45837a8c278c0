package bulla.rps.export;

import bulla.commonops.problem.Problem;
import bulla.pim.deployment.DeployedStore;
import bulla.pim.deployment.Deployments;
import bulla.protection.ElementKeys;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageSealer;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.SigningKey;
import bulla.rps.signingkey.SigningKeys;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Seals what is deployed, once, and hands it out. Sealing is no transaction around the others: each
 * step is one of its own, so that a request never holds one connection while it waits for another.
 */
@Dependent
class ExportService {
  private final Deployments deployments;
  private final SigningKeys signingKeys;
  private final SealedPackageRepository packages;
  private final ExportJournal journal;
  private final PackageLifetime lifetime;
  private final String issuer;
  private final Clock clock;

  @Inject
  ExportService(
      Deployments deployments,
      SigningKeys signingKeys,
      SealedPackageRepository packages,
      ExportJournal journal,
      PackageLifetime lifetime,
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443")
          String issuer) {
    this(deployments, signingKeys, packages, journal, lifetime, issuer, Clock.systemUTC());
  }

  ExportService(
      Deployments deployments,
      SigningKeys signingKeys,
      SealedPackageRepository packages,
      ExportJournal journal,
      PackageLifetime lifetime,
      String issuer,
      Clock clock) {
    this.deployments = deployments;
    this.signingKeys = signingKeys;
    this.packages = packages;
    this.journal = journal;
    this.lifetime = lifetime;
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * The package of what is deployed now, sealed if nobody asked for it before.
   *
   * @param fingerprint the export key's, with or without colons, in any case
   * @throws Problem 400 where it is not a fingerprint, 404 where no data store has such a key, 409
   *     where nothing was deployed to the data store
   */
  SealedPackage sealed(String fingerprint, SchemaVersions versions) {
    DeployedStore store = deployments.get(normalized(fingerprint));
    SigningKey signer = signingKeys.current();
    Instant now = clock.instant();
    PackageId id = PackageId.of(store, versions, signer.kid(), lifetime.period(now));
    return packages.find(id).orElseGet(() -> sealedNow(id, store, signer, now));
  }

  /** The bytes of a package, for the caller, who closes them. */
  SpooledPackage content(SealedPackage sealed) {
    return packages.content(sealed.id());
  }

  /**
   * A package of what is deployed now to the data store in whose ranges an address lies, for a key
   * that no data store has. It is not kept, so that nobody fills the database with keys of their
   * own; the caller closes it.
   *
   * @throws Problem 403 where the address lies in no range, 409 where nothing was deployed to the
   *     data store
   */
  Unkept sealed(String address, ExportKey exportKey, SchemaVersions versions) {
    DeployedStore store = deployments.at(address, exportKey);
    SigningKey signer = signingKeys.current();
    Instant now = clock.instant();
    PackageId id = PackageId.of(store, versions, signer.kid(), lifetime.period(now));
    return new Unkept(id, seal(id, store, signer, now));
  }

  /** Records that a package is handed out; committed when this returns. */
  @Transactional
  void record(PackageId handedOut) {
    journal.exported(handedOut);
  }

  /** A package that is sealed for one caller, once. */
  record Unkept(PackageId id, SpooledPackage content) {}

  private SealedPackage sealedNow(
      PackageId id, DeployedStore store, SigningKey signer, Instant now) {
    try (SpooledPackage content = seal(id, store, signer, now)) {
      SealedPackage sealed = new SealedPackage(id, content.digest());
      packages.add(sealed, now, content);
      return sealed;
    } catch (RuntimeException takenOrBroken) {
      // Where another request was faster, its bytes are the ones.
      return packages.find(id).orElseThrow(() -> takenOrBroken);
    }
  }

  private SpooledPackage seal(PackageId id, DeployedStore store, SigningKey signer, Instant now) {
    var header =
        new PackageHeader(
            issuer,
            id.fingerprint(),
            id.dataStore(),
            id.serial(),
            now,
            lifetime.expiryOrNull(now),
            id.versions().version(),
            id.versions().coreVersion());
    Map<String, ElementKeys> elementKeys = deployments.openKeys(store);
    try {
      return SpooledPackage.of(
          out ->
              PackageSealer.seal(
                  header, store.snapshot(), elementKeys, signer, store.exportKey(), out));
    } finally {
      elementKeys.values().forEach(ElementKeys::close);
    }
  }

  private static String normalized(String fingerprint) {
    try {
      return ExportKey.normalizeFingerprint(fingerprint);
    } catch (IllegalArgumentException noFingerprint) {
      throw RpsProblem.INVALID_FINGERPRINT.because(
          "fingerprint must be 64 hexadecimal digits, with a colon after every second one or"
              + " without",
          "fingerprint");
    }
  }
}
