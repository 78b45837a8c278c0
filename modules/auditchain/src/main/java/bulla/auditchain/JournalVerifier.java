package bulla.auditchain;

import bulla.auditchain.Verification.Broken;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Follows a journal, or a stretch of it, from its first entry to its last and finds the first that
 * is not as it was recorded: edited, deleted, moved, from another journal, or made anew without the
 * key of the checkpoints. Everything up to the last checkpoint is proven; with an anchor, a
 * checkpoint that is known from elsewhere, also that the journal was not cut off before it.
 */
public final class JournalVerifier {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String journal;
  private final TrustedKeys trusted;
  private final Optional<Checkpoint> anchor;
  private final Chain chain;
  private final long after;
  private Checkpoint last;
  private Broken broken;

  /**
   * Begins with the journal of this name.
   *
   * @param anchor a verified checkpoint that is known from elsewhere
   */
  public JournalVerifier(String journal, TrustedKeys trusted, Optional<Checkpoint> anchor) {
    this(journal, Chain.empty(journal), trusted, anchor);
  }

  /**
   * Begins with a stretch of the journal of this name. A good checkpoint in it proves also the hash
   * before it.
   *
   * @param before the chain of the entries before it
   * @param anchor a verified checkpoint that is known from elsewhere, of no entry before that
   */
  public JournalVerifier(
      String journal, Chain before, TrustedKeys trusted, Optional<Checkpoint> anchor) {
    this(journal, before, trusted, anchor, before.length());
  }

  /**
   * @param latest after which entry it may begin at the latest
   */
  JournalVerifier(
      String journal, Chain before, TrustedKeys trusted, Optional<Checkpoint> anchor, long latest) {
    this.journal = journal;
    this.trusted = trusted;
    this.anchor = anchor;
    this.chain = Chain.resumed(before.length(), before.hash());
    this.after = before.length();
    if (after > latest) {
      broken(latest + 1, "it begins after entry %d: what is older is needed too".formatted(after));
    } else if (anchor.isPresent() && !anchor.get().journal().equals(journal)) {
      broken("the anchor is of another journal");
    } else if (anchor.isPresent() && anchor.get().seq() < after) {
      broken(
          "the anchor is of entry %d: what is older than this stretch is needed too"
              .formatted(anchor.get().seq()));
    }
    compareWithAnchor();
  }

  /**
   * Verifies an exported journal, or stretches of it one after the other, which may begin after any
   * entry.
   *
   * @param export what {@link JournalLines} wrote
   * @throws IOException if it cannot be read; never because of what it says
   */
  public static Verification verify(
      InputStream export, TrustedKeys trusted, Optional<Checkpoint> anchor) throws IOException {
    return verify(export, trusted, anchor, Long.MAX_VALUE);
  }

  /**
   * Verifies an exported journal, or stretches of it one after the other.
   *
   * @param export what {@link JournalLines} wrote
   * @param after after which entry it may begin, because what is older is verified elsewhere; what
   *     begins later was cut off at its beginning
   * @throws IOException if it cannot be read; never because of what it says
   */
  public static Verification verify(
      InputStream export, TrustedKeys trusted, Optional<Checkpoint> anchor, long after)
      throws IOException {
    return JournalLines.read(export, trusted, anchor, after);
  }

  /** Whether the rest need not be looked at. */
  public boolean isBroken() {
    return broken != null;
  }

  /**
   * The next entry.
   *
   * @param canonical its canonical form
   * @param hash the hash of the chain after it, lower-case hexadecimal, as it was recorded
   */
  public void entry(byte[] canonical, String hash) {
    if (isBroken()) {
      return;
    }
    long seq = chain.length() + 1;
    long stated = seq(canonical);
    if (stated != seq) {
      broken(seq, "entry " + seq + " is missing or moved");
      return;
    }
    chain.add(canonical);
    if (!chain.hex().equals(hash)) {
      broken(seq, "entry " + seq + " is not the one that was recorded");
      return;
    }
    compareWithAnchor();
  }

  /**
   * A stretch ends and another begins.
   *
   * @param before the chain that the other claims to continue
   */
  void continued(String name, Chain before) {
    if (isBroken()) {
      return;
    }
    if (!name.equals(journal)) {
      broken("a stretch is of another journal");
    } else if (before.length() != chain.length()) {
      broken(
          Math.max(after, Math.min(before.length(), chain.length())) + 1,
          "a stretch that begins after entry %d stands after entry %d"
              .formatted(before.length(), chain.length()));
    } else if (!before.hex().equals(chain.hex())) {
      broken(firstUnproven(), "a stretch does not continue the one before it");
    }
  }

  /** The next checkpoint, a compact JWS. */
  public void checkpoint(String jws) {
    if (isBroken()) {
      return;
    }
    try {
      Checkpoint checkpoint = Checkpoint.verified(jws, trusted);
      if (!checkpoint.journal().equals(journal)) {
        broken(firstUnproven(), "a checkpoint is of another journal");
      } else if (checkpoint.seq() != chain.length()) {
        broken(
            Math.max(after, Math.min(checkpoint.seq(), chain.length())) + 1,
            "a checkpoint after entry %d stands after entry %d"
                .formatted(checkpoint.seq(), chain.length()));
      } else if (!checkpoint.hash().equals(chain.hex())) {
        broken(firstUnproven(), "not the entries that were signed, up to " + chain.length());
      } else {
        last = checkpoint;
      }
    } catch (BrokenJournal refused) {
      broken(firstUnproven(), refused.getMessage());
    }
  }

  /** What was found, after the last entry. */
  public Verification end() {
    if (!isBroken() && anchor.isPresent() && anchor.get().seq() > chain.length()) {
      broken(
          chain.length() + 1,
          "the journal ends before entry %d, which the anchor has".formatted(anchor.get().seq()));
    }
    long good = isBroken() ? broken.seq() - 1 : chain.length();
    return new Verification(
        journal,
        after,
        Math.max(0, good - after),
        Optional.ofNullable(last),
        Optional.ofNullable(broken));
  }

  /**
   * Says that the journal is broken at the place that was reached, for a reason found elsewhere.
   */
  public void broken(String reason) {
    broken(chain.length() + 1, reason);
  }

  private void compareWithAnchor() {
    if (!isBroken()
        && anchor.isPresent()
        && anchor.get().seq() == chain.length()
        && !anchor.get().hash().equals(chain.hex())) {
      broken(firstUnproven(), "not the entries that the anchor has, up to " + chain.length());
    }
  }

  private long firstUnproven() {
    return last == null ? after + 1 : last.seq() + 1;
  }

  private void broken(long seq, String reason) {
    if (broken == null) {
      broken = new Broken(seq, reason);
    }
  }

  /** The number in a canonical entry, or 0 where there is none. */
  private static long seq(byte[] canonical) {
    long seq = 0;
    try (JsonParser parser = JSON.createParser(canonical)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return 0;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isSeq = "seq".equals(parser.currentName());
        if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && isSeq) {
          seq = parser.getLongValue();
        } else if (parser.currentToken() != JsonToken.VALUE_STRING
            && parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
          return 0;
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? seq : 0;
    } catch (IOException malformed) {
      return 0;
    }
  }
}
