package bulla.bench;

import bulla.audit.WriteBench;
import java.nio.file.Path;
import java.util.List;

/** {@code ./bulla bench}: which measurement runs. */
public final class Main {
  private static final String USAGE =
      """
      Usage: bulla bench protection [ROUNDS]
             bulla bench users URL CA PASSWORD_FILE COUNT
             bulla bench journal COUNT
             bulla bench audit DIRECTORY WRITERS
             bulla bench package [MEGABYTES ...]

      protection  the engine beside its peers, and with several threads, by JMH: the middle of
                  so many rounds of six minutes, three if none is given
      users       creates COUNT users as admin on the server at URL, then reads among them:
                  bulla bench users https://localhost:9443 data/tls/ca.pem data/admin.password 100000
      journal     verifies an exported journal of COUNT generated entries: bulla bench journal 1000000
      audit       writes changes with their journal entries into Derby in DIRECTORY:
                  bulla bench audit /var/tmp 16
      package     seals and activates packages of about so many megabytes, 100 and 500 if none is given
      """;

  private Main() {}

  /**
   * Runs the measurement that the first argument names; without one, status 2.
   *
   * @throws Exception whatever ended the measurement
   */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    if (!all.isEmpty() && all.size() < 3 && all.get(0).equals("protection")) {
      ProtectionBench.run(all.size() == 1 ? 3 : Integer.parseInt(all.get(1)));
    } else if (all.size() == 5 && all.get(0).equals("users")) {
      UsersBench.run(all.subList(1, 5));
    } else if (all.size() == 2 && all.get(0).equals("journal")) {
      JournalBench.run(Integer.parseInt(all.get(1)));
    } else if (all.size() == 3 && all.get(0).equals("audit")) {
      WriteBench.run(Path.of(all.get(1)), Integer.parseInt(all.get(2)));
    } else if (!all.isEmpty() && all.get(0).equals("package")) {
      List<Integer> megabytes = all.stream().skip(1).map(Integer::valueOf).toList();
      PackageBench.run(megabytes.isEmpty() ? List.of(100, 500) : megabytes);
    } else {
      System.err.print(USAGE);
      System.exit(2);
    }
  }
}
