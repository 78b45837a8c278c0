/** {@code bulla keyring}: shows, rotates and moves the keys of a running server. */
package bulla.launcher.keyring;
