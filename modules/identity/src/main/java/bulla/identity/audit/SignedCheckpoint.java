package bulla.identity.audit;

/**
 * The newest checkpoint, to be kept where nobody who can change the journal can change it too.
 *
 * @param checkpoint a compact JWS: see docs/audit.md
 */
public record SignedCheckpoint(String checkpoint) {}
