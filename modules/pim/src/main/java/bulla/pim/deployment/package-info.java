/** Deploying: the policy as it is becomes a numbered snapshot of a data store, which stays. */
package bulla.pim.deployment;
