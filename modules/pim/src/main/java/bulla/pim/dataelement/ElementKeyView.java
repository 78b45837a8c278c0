package bulla.pim.dataelement;

/**
 * A key of a data element as the API shows it: never the key itself.
 *
 * @param keyId the number that stands in front of each value that it protects, 1 to 8191
 * @param state what it is used for
 * @param createdAt when it was made
 * @param stateAt since when it is in its state
 */
public record ElementKeyView(int keyId, ElementKeyState state, String createdAt, String stateAt) {
  static ElementKeyView of(ElementKey key) {
    return new ElementKeyView(
        key.version(), key.state(), key.createdAt().toString(), key.stateAt().toString());
  }
}
