/** Exporting: what is deployed is sealed once to an export key, kept, and handed out. */
package bulla.rps.export;
