/** Sealing and serving packages: /pty/v1/rps. */
package bulla.rps;
