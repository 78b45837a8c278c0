package bulla.rps.export;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.deployment.DeployedContent;
import bulla.pim.deployment.DeployedStore;
import bulla.pim.deployment.Deployments;
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
import java.util.Optional;
import java.util.function.Supplier;
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
  private final SealingTurns turns;
  private final PackagesBeingRead reading;
  private final String issuer;
  private final Clock clock;

  @Inject
  ExportService(
      Deployments deployments,
      SigningKeys signingKeys,
      SealedPackageRepository packages,
      ExportJournal journal,
      PackageLifetime lifetime,
      SealingTurns turns,
      PackagesBeingRead reading,
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443")
          String issuer) {
    this(
        deployments,
        signingKeys,
        packages,
        journal,
        lifetime,
        turns,
        reading,
        issuer,
        Clock.systemUTC());
  }

  ExportService(
      Deployments deployments,
      SigningKeys signingKeys,
      SealedPackageRepository packages,
      ExportJournal journal,
      PackageLifetime lifetime,
      SealingTurns turns,
      PackagesBeingRead reading,
      String issuer,
      Clock clock) {
    this.deployments = deployments;
    this.signingKeys = signingKeys;
    this.packages = packages;
    this.journal = journal;
    this.lifetime = lifetime;
    this.turns = turns;
    this.reading = reading;
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * The package of what is deployed now, sealed if nobody asked for it before; empty where
   * something else was deployed while it was sealed.
   *
   * @param fingerprint the export key's, with or without colons, in any case
   * @throws Problem 400 where it is not a fingerprint, 404 where no data store has such a key, 409
   *     where nothing was deployed to the data store, 503 where too many others are to be sealed
   */
  Optional<SealedPackage> find(String fingerprint, SchemaVersions versions) {
    DeployedStore store = deployments.get(normalized(fingerprint));
    SigningKey signer = signingKeys.current();
    Instant now = clock.instant();
    PackageId id = PackageId.of(store, versions, signer.kid(), lifetime.period(now));
    return packages.find(id).or(() -> turns.takeAlone(id, () -> sealedNow(id, store, signer, now)));
  }

  /**
   * What {@code attempt} gives, the second time where it gives nothing the first: a deploy makes
   * what was begun before it obsolete. Not a call of the service: the container would begin no
   * transaction for calls of the service within it.
   *
   * @throws Problem 409 where it gives nothing either time
   */
  static <T> T twice(Supplier<Optional<T>> attempt) {
    return attempt
        .get()
        .or(attempt)
        .orElseThrow(
            () ->
                CommonProblem.CONFLICT
                    .because("Something else was deployed meanwhile; repeat the request")
                    .retryAfter(1));
  }

  /**
   * The bytes of a package, for the caller, who closes them; empty where it was removed.
   *
   * @throws Problem 503 where too many others are being read
   */
  Optional<SpooledPackage> content(SealedPackage sealed) {
    return reading.find(sealed).or(() -> turns.takeAlone(sealed.id(), () -> spooled(sealed)));
  }

  private Optional<SpooledPackage> spooled(SealedPackage sealed) {
    // Whoever had the turn before may have begun to read it.
    return reading
        .find(sealed)
        .or(() -> reading.shared(sealed, () -> packages.content(sealed.id())));
  }

  /**
   * A package of what is deployed now to the data store in whose ranges an address lies, for a key
   * that no data store has. It is not kept, so that nobody fills the database with keys of their
   * own; the caller closes it.
   *
   * @throws Problem 403 where the address lies in no range, 409 where nothing was deployed to the
   *     data store, 503 where too many others are to be sealed, or being read
   */
  Unkept sealed(String address, ExportKey exportKey, SchemaVersions versions) {
    return twice(
        () -> {
          DeployedStore store = deployments.at(address, exportKey);
          SigningKey signer = signingKeys.current();
          Instant now = clock.instant();
          PackageId id = PackageId.of(store, versions, signer.kid(), lifetime.period(now));
          return reading
              .unshared(() -> turns.take(() -> seal(id, store, signer, now)))
              .map(content -> new Unkept(id, content));
        });
  }

  /** Records that a package is handed out; committed when this returns. */
  @Transactional
  void record(PackageId handedOut) {
    journal.exported(handedOut);
  }

  /** A package that is sealed for one caller, once. */
  record Unkept(PackageId id, SpooledPackage content) {}

  private Optional<SealedPackage> sealedNow(
      PackageId id, DeployedStore store, SigningKey signer, Instant now) {
    // Whoever had the turn before may have sealed it.
    return packages
        .find(id)
        .or(
            () ->
                turns.take(
                    () ->
                        seal(id, store, signer, now)
                            .flatMap(content -> kept(id, store, now, content))));
  }

  private Optional<SealedPackage> kept(
      PackageId id, DeployedStore store, Instant now, SpooledPackage content) {
    try (content) {
      var sealed = new SealedPackage(id, content.digest());
      long attempt = packages.store(sealed, now, content);
      try {
        return packages.confirm(
            sealed,
            attempt,
            () -> deployments.holdCurrent(store) && signingKeys.holdCurrent(id.kid()));
      } catch (RuntimeException unconfirmed) {
        removeAfter(unconfirmed, id, attempt);
        throw unconfirmed;
      }
    }
  }

  private void removeAfter(RuntimeException failure, PackageId id, long attempt) {
    try {
      packages.remove(id, attempt);
    } catch (RuntimeException failed) {
      // It goes with the next deploy, or when a server starts.
      failure.addSuppressed(failed);
    }
  }

  private Optional<SpooledPackage> seal(
      PackageId id, DeployedStore store, SigningKey signer, Instant now) {
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
    return deployments.open(store).map(content -> spooled(header, content, signer, store));
  }

  private static SpooledPackage spooled(
      PackageHeader header, DeployedContent content, SigningKey signer, DeployedStore store) {
    try (content) {
      return SpooledPackage.of(
          out ->
              PackageSealer.seal(
                  header,
                  content.snapshot(),
                  content.elementKeys(),
                  signer,
                  store.exportKey(),
                  out));
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
