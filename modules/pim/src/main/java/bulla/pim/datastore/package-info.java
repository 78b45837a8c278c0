/** Data stores, to which policies are deployed, and the keys to which their packages are sealed. */
package bulla.pim.datastore;
