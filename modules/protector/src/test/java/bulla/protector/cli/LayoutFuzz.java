package bulla.protector.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A fuzz target of Jazzer's form: any bytes as CSV, JSON lines and fixed columns. They are refused,
 * or what is written is read as the same again.
 */
public final class LayoutFuzz {
  private static final List<RowLayout> LAYOUTS =
      List.of(
          new CsvLayout(','),
          new JsonLinesLayout(false),
          FixedLayout.of(List.of("a=1-2", "b=4-6")));

  private LayoutFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    for (RowLayout layout : LAYOUTS) {
      byte[] once;
      try {
        once = copied(layout, data);
      } catch (CommandFailedException refused) {
        continue;
      }
      if (!Arrays.equals(copied(layout, once), once)) {
        throw new IllegalStateException("What was written is read as something else");
      }
    }
  }

  private static byte[] copied(RowLayout layout, byte[] data) throws IOException {
    var out = new ByteArrayOutputStream();
    List<ColumnWork> works = List.of(new ColumnWork("a", values -> values.clone()));
    new FileJob(layout, works, 1, rows -> {}).run(new ByteArrayInputStream(data), () -> out);
    return out.toByteArray();
  }
}
