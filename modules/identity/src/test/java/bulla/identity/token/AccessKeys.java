package bulla.identity.token;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** A few keys that all tests of tokens share, because making one takes long. */
final class AccessKeys {
  static final AccessKey FIRST = AccessKey.generate(2048);
  static final AccessKey SECOND = AccessKey.generate(2048);
  static final AccessKey THIRD = AccessKey.generate(2048);

  private AccessKeys() {}

  /** Gives the second key, then the third, and has no more. */
  static Supplier<AccessKey> next() {
    Iterator<AccessKey> rest = List.of(SECOND, THIRD).iterator();
    return rest::next;
  }
}
