package bulla.pim.source;

import bulla.pim.object.PolicyObjects;
import java.util.Optional;

/** The stored member sources. */
interface SourceRepository extends PolicyObjects<MemberSource> {
  /** The password of a source, if it has one. */
  Optional<SourceSecret> secret(long sourceId);

  /** Stores a new password. */
  void add(SourceSecret secret);

  /** Makes the version of a source rise whose password has changed, which is not a part of it. */
  void passwordChanged(MemberSource source);

  /** Removes a password. */
  void remove(SourceSecret secret);
}
