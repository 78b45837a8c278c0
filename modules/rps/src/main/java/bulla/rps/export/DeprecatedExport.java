package bulla.rps.export;

import bulla.commonops.problem.CommonProblem;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.UnusableKeyException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the export for a key that the caller brings along is there, and for which keys. */
@Dependent
class DeprecatedExport {
  private static final String PUBLIC_KEY = "kek.publicKey.";

  private final boolean on;
  private final boolean weakToo;

  @Inject
  DeprecatedExport(
      @ConfigProperty(name = "bulla.rps.post.export", defaultValue = "false") boolean on,
      @ConfigProperty(name = "bulla.rps.post.export.weak", defaultValue = "false")
          boolean weakToo) {
    this.on = on;
    this.weakToo = weakToo;
  }

  /**
   * The key that a caller brings along.
   *
   * @throws bulla.commonops.problem.Problem 403 where the export is switched off, 400 where the
   *     algorithm or the key cannot be used
   */
  ExportKey key(ExportForKey wanted) {
    if (!on) {
      throw RpsProblem.POST_EXPORT_OFF.because(
          "Add the key to the data store and export by its fingerprint");
    }
    ExportForKey.PublicKey key = wanted.kek().publicKey();
    KeyWrap algorithm =
        usable("algorithm", () -> KeyWrap.ofDeprecatedExport(key.algorithm(), weakToo));
    return usable("value", () -> ExportKey.parse(algorithm, key.value()));
  }

  private static <T> T usable(String member, Supplier<T> value) {
    try {
      return value.get();
    } catch (UnusableKeyException unusable) {
      throw CommonProblem.INVALID_VALUE.because(unusable.getMessage(), PUBLIC_KEY + member);
    }
  }
}
