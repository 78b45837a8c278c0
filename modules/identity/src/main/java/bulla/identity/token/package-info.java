/** Access and refresh tokens (RFC 7519), the sessions that they belong to, and their keys. */
package bulla.identity.token;
