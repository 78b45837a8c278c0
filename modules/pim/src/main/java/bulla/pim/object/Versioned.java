package bulla.pim.object;

/**
 * What a client sees of an object, and the version of that object, its entity tag.
 *
 * @param version tells this state of the object from every other that was ever read under its
 *     address
 * @param <V> the view
 */
public record Versioned<V>(String version, V view) {
  /** The same of an object whose address no other one will ever have. */
  public Versioned(long version, V view) {
    this(Long.toString(version), view);
  }
}
