/** Policies and their rules: what a role may do with a data element. */
package bulla.pim.policy;
