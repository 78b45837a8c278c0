/** The key hierarchy over REST: what there is, rotation, another place for the master key. */
package bulla.identity.keyring;
