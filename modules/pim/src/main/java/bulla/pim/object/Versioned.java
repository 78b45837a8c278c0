package bulla.pim.object;

/**
 * What a client sees of an object, and the version of that object, its entity tag.
 *
 * @param <V> the view
 */
public record Versioned<V>(long version, V view) {}
