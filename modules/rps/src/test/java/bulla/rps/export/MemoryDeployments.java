package bulla.rps.export;

import bulla.pim.deployment.DeployedContent;
import bulla.pim.deployment.DeployedStore;
import bulla.pim.deployment.Deployments;
import bulla.pim.object.PimProblem;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.ElementKeys;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import bulla.secrets.SecretBytes;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One data store with one encrypted element, deployed as often as the test says. */
final class MemoryDeployments implements Deployments {
  static final String ELEMENT_UID = "7";
  static final String ADDRESS = "192.0.2.7";

  private final SecretBytes elementKey = SecretBytes.random(32);
  private final List<SecretBytes> opened = new CopyOnWriteArrayList<>();
  private ExportKey exportKey;
  private long revision;
  private Runnable whileSealing = () -> {};

  MemoryDeployments(RSAPublicKey recipient) {
    this.exportKey = new ExportKey(KeyWrap.RSA_OAEP_256, recipient);
  }

  void deploy() {
    revision++;
  }

  /** What happens between the sealing of a package and its storing. */
  void whileSealing(Runnable happening) {
    whileSealing = happening;
  }

  void useAlgorithm(KeyWrap algorithm) {
    exportKey = new ExportKey(algorithm, exportKey.key());
  }

  ExportKey exportKey() {
    return exportKey;
  }

  SecretBytes elementKey() {
    return elementKey;
  }

  List<SecretBytes> opened() {
    return opened;
  }

  @Override
  public Optional<DeployedStore> find(String fingerprint) {
    return fingerprint.equals(exportKey.fingerprint()) && revision > 0
        ? Optional.of(new DeployedStore("3", "lake", revision, Instant.EPOCH, exportKey))
        : Optional.empty();
  }

  @Override
  public DeployedStore get(String fingerprint) {
    if (!fingerprint.equals(exportKey.fingerprint())) {
      throw PimProblem.FINGERPRINT_NOT_FOUND.because("No such key");
    }
    return find(fingerprint)
        .orElseThrow(() -> PimProblem.NEVER_DEPLOYED.because("Deploy to it first"));
  }

  @Override
  public DeployedStore at(String address, ExportKey key) {
    if (!address.equals(ADDRESS)) {
      throw PimProblem.ADDRESS_NOT_IN_RANGE.because("No range");
    }
    return new DeployedStore("3", "lake", revision, Instant.EPOCH, key);
  }

  @Override
  public synchronized Optional<DeployedContent> open(DeployedStore deployed) {
    if (deployed.revision() != revision) {
      return Optional.empty();
    }
    SecretBytes key = SecretBytes.takeFrom(elementKey.copyOfBytes());
    opened.add(key);
    return Optional.of(new DeployedContent(snapshot(), Map.of(ELEMENT_UID, ElementKeys.of(key))));
  }

  @Override
  public boolean holdCurrent(DeployedStore deployed) {
    whileSealing.run();
    return deployed.revision() == revision
        && deployed.exportKey().fingerprint().equals(exportKey.fingerprint());
  }

  private static PolicySnapshot snapshot() {
    return new PolicySnapshot(
        List.of(new DataElement(ELEMENT_UID, "DE_NOTE", new Aes256GcmEnc())),
        List.of(),
        List.of(new PolicyRole("1", "fraud", false, List.of("anna"))),
        List.of(
            new Rule(
                "1",
                ELEMENT_UID,
                null,
                NoAccessOperation.NULL_VALUE,
                new RulePermission(Permissions.ALL, AuditFlags.NONE))),
        List.of());
  }
}
