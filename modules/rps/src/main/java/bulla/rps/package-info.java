/** The API {@code /pty/v1/rps} as a whole: what it serves, and how it starts. */
package bulla.rps;
