package bulla.pim.policy;

import bulla.pim.object.PolicyObjects;

/** The stored policies. */
interface PolicyRepository extends PolicyObjects<Policy> {}
