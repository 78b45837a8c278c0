/** Sealing a policy into a JOSE envelope, and opening one strictly. See docs/package-format.md. */
package bulla.resilientpackage.envelope;
