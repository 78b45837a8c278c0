/** Logging in with a password, the same for tokens and for HTTP Basic. */
package bulla.identity.login;
