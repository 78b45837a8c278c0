package bulla.bench;

import java.util.List;

/** {@code ./bulla bench}: which measurement runs. */
public final class Main {
  private static final String USAGE =
      """
      Usage: bulla bench protection
             bulla bench users URL CA PASSWORD_FILE COUNT

      protection  the engine beside its peers, by JMH
      users       creates COUNT users as admin on the server at URL, then reads among them:
                  bulla bench users https://localhost:9443 data/tls/ca.pem data/admin.password 100000
      """;

  private Main() {}

  /**
   * Runs the measurement that the first argument names; without one, status 2.
   *
   * @throws Exception whatever ended the measurement
   */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    if (all.equals(List.of("protection"))) {
      ProtectionBench.run();
    } else if (all.size() == 5 && all.get(0).equals("users")) {
      UsersBench.run(all.subList(1, 5));
    } else {
      System.err.print(USAGE);
      System.exit(2);
    }
  }
}
