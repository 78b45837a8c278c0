package bulla.audit.delivery;

import java.util.List;

/**
 * Some lines of a journal, in their order and without a gap.
 *
 * @param journal the journal's name
 * @param after the number of the entry before the first; 0 where there is none
 * @param hash the hash of the chain after that entry, lower-case hexadecimal
 * @param lines a checkpoint of that entry may be the first
 */
public record JournalBatch(String journal, long after, String hash, List<JournalLine> lines) {}
