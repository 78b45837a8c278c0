package bulla.pim.source;

import bulla.pim.object.PolicyObjects;
import java.util.Optional;

/** The stored member sources. */
interface SourceRepository extends PolicyObjects<MemberSource> {
  /** The password of a source, if it has one. */
  Optional<SourceSecret> secret(long sourceId);

  /** Stores a new password. */
  void add(SourceSecret secret);

  /** Removes a password. */
  void remove(SourceSecret secret);
}
