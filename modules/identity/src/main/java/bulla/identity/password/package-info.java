/** Passwords: what a new one must be, and how they are hashed (Argon2id, RFC 9106). */
package bulla.identity.password;
