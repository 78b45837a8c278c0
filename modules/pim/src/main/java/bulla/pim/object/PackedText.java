package bulla.pim.object;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Long text for a column: {@value #MARK} and, in Base64, the zlib form (RFC 1950) of its UTF-8.
 * What is deployed says the same a hundred thousand times, and a database takes longer for each of
 * its characters than packing does.
 */
public final class PackedText {
  private static final String MARK = "zlib:";

  private PackedText() {}

  /** The packed form of {@code text}. */
  public static String pack(String text) {
    var packed = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (OutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
    return MARK + Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /**
   * The text behind what a column has: one from before texts were packed, which never began like a
   * packed one, is itself.
   *
   * @throws IllegalStateException where it begins like a packed text and is none
   */
  public static String unpack(String stored) {
    if (!stored.startsWith(MARK)) {
      return stored;
    }
    try (var in =
        new InflaterInputStream(
            new ByteArrayInputStream(
                Base64.getDecoder().decode(stored.substring(MARK.length()))))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException altered) {
      throw new IllegalStateException("A packed text was altered", altered);
    }
  }
}
