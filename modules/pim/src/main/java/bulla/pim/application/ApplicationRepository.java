package bulla.pim.application;

import bulla.pim.object.PolicyObjects;

/** The stored trusted applications. */
interface ApplicationRepository extends PolicyObjects<TrustedApplication> {}
