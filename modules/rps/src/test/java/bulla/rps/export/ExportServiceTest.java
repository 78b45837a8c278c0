package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.object.PimProblem;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.rps.signingkey.MemorySigningKeys;
import bulla.rps.signingkey.SigningKeys;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportServiceTest {
  private static final SchemaVersions FIRST = SchemaVersions.negotiate("1", "1");
  private static final String ISSUER = "https://bulla.test";

  private static KeyPair recipient;

  private final MemoryDeployments deployments =
      new MemoryDeployments((RSAPublicKey) recipient.getPublic());
  private final MemorySigningKeys storedKeys = new MemorySigningKeys();
  private final SigningKeys signingKeys = storedKeys.signingKeys();
  private final MemorySealedPackages packages = new MemorySealedPackages();
  private final List<PackageId> exported = new ArrayList<>();
  private final ExportService service = service(packages);

  @BeforeAll
  static void makeRecipient() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    recipient = generator.generateKeyPair();
  }

  @Test
  void theRecipientOpensWhatIsHandedOut(@TempDir Path state) throws Exception {
    deployments.deploy();
    byte[] content = bytes(service.content(sealed(service, fingerprint())).orElseThrow());
    try (OpenedPackage opened = open(content, state)) {
      assertThat(opened.header().issuer()).isEqualTo(ISSUER);
      assertThat(opened.header().audience()).isEqualTo(fingerprint());
      assertThat(opened.header().dataStore()).isEqualTo("3");
      assertThat(opened.header().serial()).isEqualTo(1);
      assertThat(opened.header().findExpiry()).isEmpty();
      assertThat(opened.findElement("DE_NOTE").orElseThrow().keys().byId().get(1))
          .isEqualTo(deployments.elementKey());
    }
  }

  @Test
  void aPackageIsSealedOnceAndServedAsTheSameBytes() throws Exception {
    deployments.deploy();
    SealedPackage first = sealed(service, fingerprint());
    SealedPackage second = sealed(service, fingerprint());
    assertThat(second).isEqualTo(first);
    assertThat(bytes(service.content(second).orElseThrow()))
        .isEqualTo(bytes(service.content(first).orElseThrow()));
    assertThat(packages.size()).isEqualTo(1);
    assertThat(deployments.opened()).hasSize(1);
  }

  @Test
  void theDigestIsThatOfTheBytes() throws Exception {
    deployments.deploy();
    SealedPackage sealed = sealed(service, fingerprint());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(bytes(service.content(sealed).orElseThrow()));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sealed.digest());
  }

  @Test
  void aNewDeployANewSigningKeyAndAnotherAlgorithmAreOtherPackages() {
    Set<String> digests = new HashSet<>();
    deployments.deploy();
    digests.add(sealed(service, fingerprint()).digest());
    deployments.deploy();
    digests.add(sealed(service, fingerprint()).digest());
    storedKeys.rotate();
    digests.add(sealed(service, fingerprint()).digest());
    deployments.useAlgorithm(KeyWrap.RSA_OAEP_512);
    digests.add(sealed(service, fingerprint()).digest());
    assertThat(digests).hasSize(4);
    assertThat(packages.size()).as("the last two: either algorithm").isEqualTo(2);
  }

  @Test
  void afterARotationWhoFetchedTheKeysBeforeOpensThePackageOfTheSameSerial(@TempDir Path state)
      throws Exception {
    deployments.deploy();
    signingKeys.prepare();
    TrustedKeys fetchedBefore = TrustedKeys.fromJwks(storedKeys.jwks());
    SealedPackage before = sealed(service, fingerprint());
    open(bytes(service.content(before).orElseThrow()), state).close();
    storedKeys.rotate();
    SealedPackage after = sealed(service, fingerprint());
    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.id().kid()).isNotEqualTo(before.id().kid());
    assertThat(after.id().serial()).isEqualTo(before.id().serial());
    assertThat(packages.size()).as("nothing of the key before").isEqualTo(1);
    open(bytes(service.content(after).orElseThrow()), state, fetchedBefore).close();
  }

  @Test
  void theSerialIsTheRevisionOfTheDeploy(@TempDir Path state) throws Exception {
    deployments.deploy();
    deployments.deploy();
    byte[] content = bytes(service.content(sealed(service, fingerprint())).orElseThrow());
    try (OpenedPackage opened = open(content, state)) {
      assertThat(opened.header().serial()).isEqualTo(2);
    }
  }

  @Test
  void twoRequestsAtOnceGetTheSameBytes() throws Exception {
    deployments.deploy();
    signingKeys.current();
    var racing = new RacingPackages();
    ExportService raced = service(racing);
    Callable<String> export = () -> sealed(raced, fingerprint()).digest();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> digests = threads.invokeAll(List.of(export, export));
      assertThat(digests.get(0).get()).isEqualTo(digests.get(1).get());
    } finally {
      threads.shutdownNow();
    }
    assertThat(racing.size()).isEqualTo(1);
    assertThat(deployments.opened()).as("one waits for what the other seals").hasSize(1);
    assertWiped();
  }

  @Test
  void aFailureToStoreIsNotHidden() {
    deployments.deploy();
    var broken =
        new MemorySealedPackages() {
          @Override
          public synchronized long store(
              SealedPackage sealed, Instant sealedAt, SpooledPackage content) {
            throw new IllegalStateException("The disk is full");
          }
        };
    assertThatThrownBy(() -> sealed(service(broken), fingerprint())).hasMessage("The disk is full");
    assertWiped();
    deployments.whileSealing(
        () -> {
          throw new IllegalStateException("A deploy takes too long");
        });
    assertThatThrownBy(() -> sealed(service, fingerprint())).hasMessage("A deploy takes too long");
    assertThat(packages.attempts()).as("left behind").isZero();
  }

  @Test
  void whatIsDeployedWhileAPackageIsSealedIsSealedInItsPlace() {
    deployments.deploy();
    var deploys = new AtomicInteger(1);
    deployments.whileSealing(
        () -> {
          if (deploys.getAndDecrement() > 0) {
            deployments.deploy();
          }
        });
    assertThat(sealed(service, fingerprint()).id().serial()).isEqualTo(2);
    assertThat(packages.size()).isEqualTo(1);
    assertWiped();
    deploys.set(2);
    deployments.deploy();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> sealed(service, fingerprint()))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(CommonProblem.CONFLICT));
    assertThat(packages.size()).as("not one that holds what is no more").isEqualTo(1);
    assertWiped();
  }

  @Test
  void whatAKeySignedThatWasRotatedMeanwhileIsSignedOnceMore() {
    deployments.deploy();
    signingKeys.prepare();
    String before = signingKeys.current().kid();
    var rotations = new AtomicInteger(1);
    deployments.whileSealing(
        () -> {
          if (rotations.getAndDecrement() > 0) {
            storedKeys.rotate();
          }
        });
    assertThat(sealed(service, fingerprint()).id().kid())
        .isNotEqualTo(before)
        .isEqualTo(signingKeys.current().kid());
    assertThat(packages.size()).isEqualTo(1);
    assertThat(packages.attempts()).isZero();
  }

  @Test
  void twoAtOnceAreSealedAndWhoWaitsTooLongIsToldToComeBack() throws Exception {
    deployments.deploy();
    var turns = new SealingTurns(Duration.ofMillis(50));
    ExportService busy = service(packages, turns);
    var both = new CyclicBarrier(3);
    var end = new CountDownLatch(1);
    Callable<Boolean> hold =
        () ->
            turns.take(
                () -> {
                  try {
                    both.await(10, TimeUnit.SECONDS);
                    return end.await(10, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> held = List.of(threads.submit(hold), threads.submit(hold));
      both.await(10, TimeUnit.SECONDS);
      for (Callable<?> export :
          List.<Callable<?>>of(
              () -> sealed(busy, fingerprint()),
              () -> busy.sealed(MemoryDeployments.ADDRESS, deployments.exportKey(), FIRST))) {
        assertUnavailable(export);
      }
      assertThat(deployments.opened()).as("sealed").isEmpty();
      sealed(service, fingerprint());
      assertThat(sealed(busy, fingerprint())).as("nobody waits for what is sealed").isNotNull();
      end.countDown();
      for (Future<Boolean> one : held) {
        assertThat(one.get()).isTrue();
      }
      busy.sealed(MemoryDeployments.ADDRESS, deployments.exportKey(), FIRST).content().close();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoWaitsTooLongForTheSamePackageIsToldToComeBackAndOthersGoOn() throws Exception {
    deployments.deploy();
    var turns = new SealingTurns(Duration.ofMillis(50));
    ExportService busy = service(packages, turns);
    SealedPackage sealed = sealed(service, fingerprint());
    packages.remove(sealed.id());
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> held =
          thread.submit(
              () ->
                  turns.takeAlone(
                      sealed.id(),
                      () -> {
                        begun.countDown();
                        return awaited(end);
                      }));
      begun.await();
      assertUnavailable(() -> sealed(busy, fingerprint()));
      deployments.deploy();
      assertThat(sealed(busy, fingerprint())).as("another package").isNotNull();
      end.countDown();
      assertThat(held.get()).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertUnavailable(Callable<?> call) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(call::call)
        .satisfies(
            problem -> {
              assertThat(problem.type()).isEqualTo(CommonProblem.UNAVAILABLE);
              assertThat(problem.retryAfterSeconds()).isPositive();
            });
  }

  @Test
  void allWhoReadAPackageAtATimeShareOneFile() throws Exception {
    deployments.deploy();
    var spooled = new AtomicInteger();
    var counting =
        new MemorySealedPackages() {
          @Override
          public Optional<SpooledPackage> content(PackageId id) {
            spooled.incrementAndGet();
            return super.content(id);
          }
        };
    ExportService counted = service(counting);
    SealedPackage sealed = sealed(counted, fingerprint());
    byte[] bytes = bytes(counted.content(sealed).orElseThrow());
    assertThat(spooled).hasValue(1);
    SpooledPackage first = counted.content(sealed).orElseThrow();
    assertThat(spooled).as("nobody reads it any more").hasValue(2);
    SpooledPackage second = counted.content(sealed).orElseThrow();
    try (InputStream slow = first.open()) {
      assertThat(slow.readNBytes(100)).isEqualTo(Arrays.copyOf(bytes, 100));
      assertThat(bytes(second)).isEqualTo(bytes);
      second.close();
      assertThat(bytes(counted.content(sealed).orElseThrow())).isEqualTo(bytes);
      assertThat(slow.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 100, bytes.length));
    }
    assertThat(spooled).hasValue(2);
    assertThat(first.another()).as("all have closed it").isEmpty();
    assertThatThrownBy(() -> second.open().read()).isInstanceOf(IOException.class);
  }

  @Test
  void whoFindsTooManyPackagesBeingReadIsToldToComeBack() {
    deployments.deploy();
    ExportService full =
        service(packages, new SealingTurns(), new PackagesBeingRead(2, Duration.ofMillis(50)));
    SealedPackage sealed = sealed(full, fingerprint());
    SpooledPackage first = full.content(sealed).orElseThrow();
    SpooledPackage second =
        full.sealed(MemoryDeployments.ADDRESS, deployments.exportKey(), FIRST).content();
    assertUnavailable(() -> full.sealed(MemoryDeployments.ADDRESS, deployments.exportKey(), FIRST));
    SpooledPackage same = full.content(sealed).orElseThrow();
    deployments.deploy();
    SealedPackage next = sealed(full, fingerprint());
    assertUnavailable(() -> full.content(next));
    first.close();
    assertUnavailable(() -> full.content(next));
    same.close();
    full.content(next).orElseThrow().close();
    assertThat(full.content(sealed)).as("removed by the deploy").isEmpty();
    second.close();
  }

  @Test
  void aPackageThatIsRemovedBeforeItIsReadIsSealedOnceMore() {
    deployments.deploy();
    var removals = new AtomicInteger(1);
    Function<SealedPackage, Optional<Long>> answer =
        found -> {
          if (removals.getAndDecrement() > 0) {
            packages.remove(found.id());
          }
          return service
              .content(found)
              .map(
                  content -> {
                    try (content) {
                      return content.length();
                    }
                  });
        };
    assertThat(ExportService.twice(() -> service.find(fingerprint(), FIRST).flatMap(answer)))
        .isPositive();
    removals.set(2);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(
            () -> ExportService.twice(() -> service.find(fingerprint(), FIRST).flatMap(answer)))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(CommonProblem.CONFLICT));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "100, 101", "36500, 1"})
  void noTwoLifetimesShareAPeriod(int one, int other) {
    Set<Long> periods = new HashSet<>();
    var start = Instant.parse("2026-01-01T00:00:00Z");
    for (int day = 0; day < 1000; day++) {
      periods.add(new PackageLifetime(one).period(start.plus(Duration.ofDays(day))));
    }
    for (int day = 0; day < 1000; day++) {
      assertThat(periods)
          .doesNotContain(new PackageLifetime(other).period(start.plus(Duration.ofDays(day))));
    }
  }

  @Test
  void theElementKeysAreWipedAfterSealing() {
    deployments.deploy();
    sealed(service, fingerprint());
    assertWiped();
  }

  @Test
  void whatIsHandedOutIsJournaledAndWhatIsOnlyReadIsNot() {
    deployments.deploy();
    SealedPackage sealed = sealed(service, fingerprint());
    assertThat(exported).isEmpty();
    service.content(sealed).orElseThrow().close();
    assertThat(exported).isEmpty();
    service.record(sealed.id());
    service.record(sealed.id());
    assertThat(exported).containsExactly(sealed.id(), sealed.id());
  }

  @Test
  void whatCannotBeJournaledFails() {
    deployments.deploy();
    var silent =
        new ExportService(
            deployments,
            signingKeys,
            packages,
            id -> {
              throw new IllegalStateException("The journal is closed");
            },
            new PackageLifetime(0),
            new SealingTurns(),
            new PackagesBeingRead(),
            ISSUER);
    SealedPackage sealed = sealed(silent, fingerprint());
    assertThatThrownBy(() -> silent.record(sealed.id())).hasMessage("The journal is closed");
  }

  @Test
  void aFingerprintMayHaveColonsAndAnyCase() {
    deployments.deploy();
    String digest = sealed(service, fingerprint()).digest();
    String colons = deployments.exportKey().fingerprintWithColons();
    for (String form : List.of(colons, fingerprint().toUpperCase(Locale.ROOT), upper(colons))) {
      assertThat(sealed(service, form).digest()).isEqualTo(digest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a7fd", "..", "zz", "a7:fd", "a7fdbc0cccc954e00920a4520787f0a08488db8e0f77f9"})
  void whatIsNoFingerprintIsRefusedByName(String fingerprint) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> sealed(service, fingerprint))
        .satisfies(
            problem -> {
              assertThat(problem.type()).isEqualTo(RpsProblem.INVALID_FINGERPRINT);
              assertThat(problem.member()).contains("fingerprint");
              assertThat(problem.detail()).startsWith("fingerprint must be");
            });
  }

  @Test
  void anUnknownFingerprintIsNotFound() {
    deployments.deploy();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> sealed(service, "0".repeat(64)))
        .satisfies(
            problem -> assertThat(problem.type()).isEqualTo(PimProblem.FINGERPRINT_NOT_FOUND));
  }

  @Test
  void aDataStoreThatWasNeverDeployedHasNoPackage() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> sealed(service, fingerprint()))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(PimProblem.NEVER_DEPLOYED));
    assertThat(packages.size()).isZero();
  }

  @Test
  void aPackageThatExpiresIsSealedAnewInEachHalfOfItsLifetime(@TempDir Path state)
      throws Exception {
    deployments.deploy();
    var now = new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    ExportService expiring =
        new ExportService(
            deployments,
            signingKeys,
            packages,
            exported::add,
            new PackageLifetime(10),
            new SealingTurns(),
            new PackagesBeingRead(),
            ISSUER,
            new Clock() {
              @Override
              public Instant instant() {
                return now.get();
              }

              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }
            });
    SealedPackage first = sealed(expiring, fingerprint());
    SealedPackage again = sealed(expiring, fingerprint());
    assertThat(again).isEqualTo(first);
    try (OpenedPackage opened = open(bytes(expiring.content(first).orElseThrow()), state)) {
      assertThat(opened.header().findExpiry()).contains(now.get().plus(Duration.ofDays(10)));
    }
    now.updateAndGet(before -> before.plus(Duration.ofDays(5)));
    SealedPackage second = sealed(expiring, fingerprint());
    assertThat(second.digest()).isNotEqualTo(first.digest());
    assertThat(expiring.content(first)).isEmpty();
    assertThat(packages.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 36_501})
  void aLifetimeThatCannotBeIsRefused(int days) {
    assertThatThrownBy(() -> new PackageLifetime(days))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BULLA_PACKAGE_LIFETIME_DAYS");
  }

  @ParameterizedTest
  @EnumSource
  void anAddressInARangeGetsAPackageForTheKeyItBrings(KeyWrap algorithm) throws Exception {
    deployments.deploy();
    var key = new ExportKey(algorithm, (RSAPublicKey) recipient.getPublic());
    ExportService.Unkept first = service.sealed(MemoryDeployments.ADDRESS, key, FIRST);
    ExportService.Unkept second = service.sealed(MemoryDeployments.ADDRESS, key, FIRST);
    assertThat(first.id().algorithm()).isEqualTo(algorithm);
    assertThat(first.id().fingerprint()).isEqualTo(key.fingerprint());
    byte[] bytes = bytes(first.content());
    assertThat(bytes(second.content())).isNotEqualTo(bytes);
    assertThat(packages.size()).as("kept").isZero();
    assertThat(exported).isEmpty();
    service.record(first.id());
    assertThat(exported).containsExactly(first.id());
    assertWiped();
    var members = new JsonMapper().readTree(bytes);
    var jwe =
        new JWEObject(
            new Base64URL(members.get("protected").asText()),
            new Base64URL(members.get("encrypted_key").asText()),
            new Base64URL(members.get("iv").asText()),
            new Base64URL(members.get("ciphertext").asText()),
            new Base64URL(members.get("tag").asText()));
    assertThat(jwe.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.joseName());
    jwe.decrypt(new RSADecrypter(recipient.getPrivate()));
    assertThat(jwe.getPayload().toJWSObject().getPayload().toJSONObject())
        .containsEntry("aud", key.fingerprint())
        .containsEntry("dataStore", "3");
  }

  @Test
  void anAddressInNoRangeGetsNothing() {
    deployments.deploy();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> service.sealed("198.51.100.1", deployments.exportKey(), FIRST))
        .satisfies(
            problem -> assertThat(problem.type()).isEqualTo(PimProblem.ADDRESS_NOT_IN_RANGE));
  }

  private static byte[] bytes(SpooledPackage content) throws IOException {
    try (InputStream in = content.open()) {
      byte[] bytes = in.readAllBytes();
      assertThat(content.length()).isEqualTo(bytes.length);
      return bytes;
    }
  }

  private ExportService service(SealedPackageRepository repository) {
    return service(repository, new SealingTurns());
  }

  private ExportService service(SealedPackageRepository repository, SealingTurns turns) {
    return service(repository, turns, new PackagesBeingRead());
  }

  private ExportService service(
      SealedPackageRepository repository, SealingTurns turns, PackagesBeingRead reading) {
    return new ExportService(
        deployments,
        signingKeys,
        repository,
        exported::add,
        new PackageLifetime(0),
        turns,
        reading,
        ISSUER);
  }

  private static SealedPackage sealed(ExportService service, String fingerprint) {
    return ExportService.twice(() -> service.find(fingerprint, FIRST));
  }

  private String fingerprint() {
    return deployments.exportKey().fingerprint();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private void assertWiped() {
    assertThat(deployments.opened())
        .isNotEmpty()
        .allSatisfy(
            key -> assertThatThrownBy(key::copyOfBytes).isInstanceOf(IllegalStateException.class));
  }

  private OpenedPackage open(byte[] content, Path state) throws Exception {
    return open(content, state, TrustedKeys.fromJwks(storedKeys.jwks()));
  }

  private OpenedPackage open(byte[] content, Path state, TrustedKeys trusted) throws Exception {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(recipient.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return PackageOpener.open(
        new ByteArrayInputStream(content),
        PemDecryptor.of(pem),
        trusted,
        FileSerialMemory.in(state));
  }

  /** Lets the first two requests both find nothing before either adds. */
  private static final class RacingPackages extends MemorySealedPackages {
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Optional<SealedPackage> find(PackageId id) {
      if (looks.incrementAndGet() > 2) {
        return super.find(id);
      }
      try {
        both.await(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return Optional.empty();
    }
  }
}
