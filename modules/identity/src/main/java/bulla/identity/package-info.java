/** Users, roles, permissions, tokens: /pty/v1/auth. */
package bulla.identity;
