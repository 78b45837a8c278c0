/** The key hierarchy: master key, a key encryption key per module, data keys. */
package bulla.keyring;
