/** The hash chain over journal entries, its signed checkpoints, and their verification. */
package bulla.auditchain;
