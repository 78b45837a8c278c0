package bulla.protector;

import static bulla.protector.PackageWorkshop.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.protection.FpeNumeric;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.envelope.PackageProblem;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to calls while the package file is replaced. */
class HotReloadTest {
  private static final int THREADS = 8;
  private static final int VARIANTS = 7;
  private static final String[] CLEAR = {"4111111111111111", "5500005555555559", "340000099900036"};
  private static final PolicySnapshot POLICY =
      PackageWorkshop.policyOf(
          List.of(
              element("1", "DE_A", new FpeNumeric(null, null, null, null, null)),
              element("2", "DE_B", new FpeNumeric(null, null, null, null, null))),
          List.of());

  @TempDir private Path directory;
  private PackageWorkshop workshop;
  private Path file;
  private Protector protector;
  private long serial = 100;

  @BeforeEach
  void open() throws IOException {
    workshop = PackageWorkshop.in(directory);
    file = workshop.seal("live.json", serial, POLICY, 0);
    protector = open(file, workshop.state());
  }

  @AfterEach
  void close() throws IOException {
    protector.close();
  }

  private Protector open(Path packageFile, Path state) throws IOException {
    return Protector.open(
        packageFile,
        PemDecryptor.of(workshop.privateKey()),
        TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
        state,
        AuditSink.none());
  }

  private void replace() throws IOException {
    serial++;
    Path next = workshop.seal("next.json", serial, POLICY, (int) (serial % VARIANTS));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aReplacedPackageIsTakenIntoUse() throws IOException {
    var session = protector.session("fraud");
    String before = session.protect("DE_A", CLEAR[0]);
    assertThat(protector.reload()).isFalse();
    replace();
    assertThat(protector.reload()).isTrue();
    assertThat(protector.reload()).isFalse();
    assertThat(protector.header().serial()).isEqualTo(serial);
    assertThat(session.protect("DE_A", CLEAR[0])).isNotEqualTo(before);
  }

  @Test
  void whatCannotBeReadIsNotTakenIntoUseAndTheOneBeforeStays() throws IOException {
    var session = protector.session("fraud");
    String before = session.protect("DE_A", CLEAR[0]);
    byte[] genuine = Files.readAllBytes(file);
    byte[] altered = genuine.clone();
    altered[altered.length / 2] ^= 1;
    for (byte[] refused : List.of(altered, Arrays.copyOf(genuine, 100), new byte[0])) {
      Path next = Files.write(directory.resolve("refused.json"), refused);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> protector.reload()).isInstanceOf(PackageException.class);
      assertThat(protector.reload()).as("the same state is not tried again").isFalse();
      assertThat(protector.header().serial()).isEqualTo(serial);
      assertThat(session.protect("DE_A", CLEAR[0])).isEqualTo(before);
    }
    Files.delete(file);
    assertThatThrownBy(() -> protector.reload()).isInstanceOf(IOException.class);
    assertThat(session.protect("DE_A", CLEAR[0])).isEqualTo(before);
    replace();
    assertThat(protector.reload()).isTrue();
  }

  @Test
  void anOlderPackageIsTriedAgainOnceItsSerialWasForgotten() throws IOException {
    Path older = workshop.seal("older.json", serial - 1, POLICY, 3);
    Files.move(older, file, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> protector.reload())
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.ROLLED_BACK))
        .hasMessageContaining("after " + serial);
    assertThat(protector.reload()).as("nothing has changed").isFalse();
    assertThat(protector.header().serial()).isEqualTo(serial);
    Files.delete(workshop.state().resolve("serials.json"));
    assertThat(protector.reload()).isTrue();
    assertThat(protector.header().serial()).isEqualTo(serial - 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"STATE_UNREADABLE", "ROLLED_BACK", "EXPIRED"})
  void whatMayBeMendedElsewhereIsTriedAgainAfterAMinute(PackageProblem problem) throws IOException {
    Path refused = workshop.seal("refused.json", serial - 1, POLICY, 3);
    if (problem == PackageProblem.STATE_UNREADABLE) {
      Files.writeString(workshop.state().resolve("serials.json"), "{");
    } else if (problem == PackageProblem.EXPIRED) {
      workshop.sealExpired("refused.json", serial + 1, POLICY);
    }
    var nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    var decryptions = new AtomicLong();
    Decryptor genuine = PemDecryptor.of(workshop.privateKey());
    Decryptor counted =
        new Decryptor() {
          @Override
          public String fingerprint() {
            return genuine.fingerprint();
          }

          @Override
          public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
              throws GeneralSecurityException, IOException {
            decryptions.incrementAndGet();
            return genuine.decrypt(keyLabel, algorithm, encryptedDek);
          }
        };
    var watched =
        new PackageFile(
            refused,
            counted,
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state(),
            nanoTime::get);
    for (int look = 0; look < 121; look++) {
      if (look % 60 == 0) {
        assertThatThrownBy(() -> watched.openIfChanged(Function.identity()))
            .isInstanceOfSatisfying(
                PackageException.class, e -> assertThat(e.problem()).isEqualTo(problem));
      } else {
        assertThat(watched.openIfChanged(Function.identity())).isEmpty();
      }
      nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(decryptions).hasValue(3);
  }

  @Test
  void aPackageThatCannotBeMadeReadyIsClosedAndOpenedAgain() throws IOException {
    var opening =
        new PackageFile(
            file,
            PemDecryptor.of(workshop.privateKey()),
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state(),
            System::nanoTime);
    var failed = new ArrayList<OpenedPackage>();
    assertThatThrownBy(
            () ->
                opening.openIfChanged(
                    opened -> {
                      failed.add(opened);
                      throw new IllegalStateException("Not today");
                    }))
        .hasMessage("Not today");
    SecretBytes key = failed.get(0).elements().get(0).keys().byId().values().iterator().next();
    assertThatThrownBy(key::copyOfBytes).isInstanceOf(IllegalStateException.class);
    try (OpenedPackage again = opening.openIfChanged(Function.identity()).orElseThrow()) {
      assertThat(again.header()).isEqualTo(failed.get(0).header());
    }
    assertThat(opening.openIfChanged(Function.identity())).isEmpty();
  }

  @Test
  void aRefusedPackageIsTriedAgainWhenOtherKeysAreTrusted() throws IOException {
    var session = protector.session("fraud");
    String before = session.protect("DE_A", CLEAR[0]);
    TrustedKeys first = TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys()));
    TrustedKeys second = TrustedKeys.fromJwks(Files.readString(workshop.file("other.jwks.json")));
    Path next = workshop.sealByOther("next.json", ++serial, POLICY);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    untrusted();
    assertThat(protector.reload()).as("the same keys and file are not tried again").isFalse();
    protector.trust(second);
    assertThat(protector.header().serial()).as("until the next look").isEqualTo(serial - 1);
    assertThat(protector.reload()).isTrue();
    assertThat(protector.header().serial()).isEqualTo(serial);
    assertThat(session.protect("DE_A", CLEAR[0])).isEqualTo(before);

    protector.trust(first);
    untrusted();
    assertThat(session.protect("DE_A", CLEAR[0])).as("what is in use stays").isEqualTo(before);
  }

  private void untrusted() {
    assertThatThrownBy(() -> protector.reload())
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.UNTRUSTED_SIGNER));
  }

  @Test
  void aWatchedFileIsReloadedAndARefusalIsTold() throws Exception {
    BlockingQueue<Exception> refusals = new LinkedBlockingQueue<>();
    protector.reloadEvery(Duration.ofMillis(10), refusals::add);
    Files.write(file, new byte[] {1});
    assertThat(refusals.poll(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.MALFORMED));
    replace();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (protector.header().serial() != serial && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(protector.header().serial()).isEqualTo(serial);
    assertThatThrownBy(() -> protector.reloadEvery(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theLookingGoesOnAfterAnErrorAndAfterAListenerThatThrows() throws Exception {
    var refusals = new LinkedBlockingQueue<Exception>();
    var heapIsFull = new AtomicBoolean();
    Decryptor genuine = PemDecryptor.of(workshop.privateKey());
    var decryptor =
        new Decryptor() {
          @Override
          public String fingerprint() {
            return genuine.fingerprint();
          }

          @Override
          public byte[] decrypt(String label, String algorithm, byte[] encrypted)
              throws GeneralSecurityException, IOException {
            if (heapIsFull.get()) {
              throw new OutOfMemoryError("Java heap space");
            }
            return genuine.decrypt(label, algorithm, encrypted);
          }
        };
    try (Protector watching =
        Protector.open(
            file,
            decryptor,
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state(),
            AuditSink.none())) {
      heapIsFull.set(true);
      replace();
      watching.reloadEvery(
          Duration.ofMillis(10),
          refusal -> {
            refusals.add(refusal);
            throw new IllegalStateException("A listener's own mistake");
          });
      for (int i = 0; i < 2; i++) {
        assertThat(refusals.poll(10, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(OutOfMemoryError.class);
      }
      heapIsFull.set(false);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (watching.header().serial() != serial && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(watching.header().serial()).isEqualTo(serial);
    }
  }

  @Test
  void twentyReplacementsUnderLoadFailNoCallAndMixNothing() throws Exception {
    underLoad(20);
  }

  @Test
  @Tag("slow")
  void aThousandReplacementsUnderLoadFailNoCallAndMixNothing() throws Exception {
    underLoad(1_000);
  }

  private void underLoad(int replacements) throws Exception {
    Set<List<String>> protectedOnes = ConcurrentHashMap.newKeySet();
    Set<List<String>> reprotectedOnes = ConcurrentHashMap.newKeySet();
    var expectedProtected = new HashSet<List<String>>();
    var expectedReprotected = new HashSet<List<String>>();
    for (int variant = 0; variant < VARIANTS; variant++) {
      Path one = workshop.seal("variant.json", 1, POLICY, variant);
      try (Protector alone = open(one, directory.resolve("state-" + variant))) {
        var session = alone.session("fraud");
        expectedProtected.add(List.of(session.protect("DE_A", CLEAR)));
        expectedReprotected.add(List.of(session.reprotect("DE_A", "DE_B", CLEAR)));
      }
    }
    var ended = new AtomicBoolean();
    var calls = new AtomicLong();
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(
            threads.submit(
                () -> {
                  var session = protector.session("fraud");
                  while (!ended.get()) {
                    protectedOnes.add(List.of(session.protect("DE_A", CLEAR)));
                    // Two data elements in one call: both keys are of one package.
                    reprotectedOnes.add(List.of(session.reprotect("DE_A", "DE_B", CLEAR)));
                    // Makes the data element ready, and so reads its key.
                    assertThat(protector.tableBytes("DE_B")).isZero();
                    calls.addAndGet(2);
                  }
                  return null;
                }));
      }
      for (int i = 0; i < replacements; i++) {
        long before = calls.get();
        replace();
        assertThat(protector.reload()).isTrue();
        while (calls.get() < before + THREADS && running.stream().noneMatch(Future::isDone)) {
          Thread.onSpinWait();
        }
      }
      ended.set(true);
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
    assertThat(protectedOnes).hasSizeGreaterThan(1).isSubsetOf(expectedProtected);
    assertThat(reprotectedOnes).hasSizeGreaterThan(1).isSubsetOf(expectedReprotected);
    assertThat(protector.header().serial()).isEqualTo(serial);
  }
}
