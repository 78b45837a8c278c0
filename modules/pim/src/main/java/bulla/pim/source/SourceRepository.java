package bulla.pim.source;

import bulla.pim.object.PolicyObjects;

/** The stored member sources. */
interface SourceRepository extends PolicyObjects<MemberSource> {}
