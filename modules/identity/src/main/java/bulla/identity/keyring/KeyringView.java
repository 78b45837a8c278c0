package bulla.identity.keyring;

import bulla.keyring.KeyringState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the key hierarchy looks like; no key is in it.
 *
 * @param masterKey the key at the top
 * @param keys the key encryption keys that it wraps, by module, oldest first
 */
public record KeyringView(MasterKeyView masterKey, List<KeyView> keys) {
  /** Copies the list. */
  public KeyringView {
    keys = List.copyOf(keys);
  }

  static KeyringView of(KeyringState state) {
    return new KeyringView(
        new MasterKeyView(
            state.provider().publishedName(),
            state.masterKeyVersion(),
            state.masterKeyMadeAt().toString(),
            state.formerProvider().map(former -> former.publishedName()).orElse(null)),
        state.keys().stream().map(KeyView::of).toList());
  }

  /**
   * The master key.
   *
   * @param provider where it is: {@code pkcs12}, {@code pkcs11} or {@code passphrase}
   * @param version its number, used once
   * @param madeAt RFC 3339 in UTC
   * @param formerProvider where it was before it was moved, until it is removed there; else null
   */
  public record MasterKeyView(
      String provider,
      int version,
      String madeAt,
      @Schema(nullable = true) String formerProvider) {}

  /**
   * A key encryption key.
   *
   * @param module whose keys it wraps
   * @param version from 1
   * @param state {@code ACTIVE}: it wraps; {@code RETIRING}: keys that it wrapped are wrapped anew,
   *     and it is kept a while longer; {@code DESTROYED}
   * @param createdAt RFC 3339 in UTC
   * @param neededAt of a retiring key, when something last needed it; else null
   * @param destroyedAt null until then
   * @param rewrapped of a retiring key, how many of {@code total} keys need it no more
   * @param total of a retiring key, how many keys the module has stored
   */
  public record KeyView(
      String module,
      int version,
      String state,
      String createdAt,
      @Schema(nullable = true) String neededAt,
      @Schema(nullable = true) String destroyedAt,
      long rewrapped,
      long total) {
    static KeyView of(KeyringState.Key key) {
      return new KeyView(
          key.module(),
          key.version(),
          key.state(),
          key.createdAt().toString(),
          key.neededAt().map(Instant::toString).orElse(null),
          key.destroyedAt().map(Instant::toString).orElse(null),
          key.rewrapped(),
          key.total());
    }
  }
}
