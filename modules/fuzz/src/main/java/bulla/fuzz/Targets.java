package bulla.fuzz;

import bulla.protector.cli.LayoutFuzz;
import bulla.resilientpackage.envelope.PackageFuzz;
import bulla.resilientpackage.keys.PemFuzz;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** All that can be fuzzed, by name. A new target is one line here. */
final class Targets {
  /** The name of {@link #any}. */
  static final String ANY = "any";

  private static final Map<String, FuzzTarget> ALL = all();

  private Targets() {}

  private static Map<String, FuzzTarget> all() {
    Map<String, FuzzTarget> targets = new TreeMap<>();
    targets.putAll(ElementTargets.all());
    targets.put("columns", ElementTargets::columns);
    targets.put("ff1", ElementTargets::ff1);
    targets.put("ff31", ElementTargets::ff31);
    targets.put("masks", ElementTargets::masks);
    // They reach into their modules and so live there, among the tests.
    targets.put("package", PackageFuzz::fuzzerTestOneInput);
    targets.put("pem", PemFuzz::fuzzerTestOneInput);
    targets.put("layout", LayoutFuzz::fuzzerTestOneInput);
    return Collections.unmodifiableMap(targets);
  }

  /** The targets in the order of their names. */
  static Map<String, FuzzTarget> byName() {
    return ALL;
  }

  /** The target of a name, {@link #ANY} among them, or null where there is none. */
  static FuzzTarget named(String name) {
    return name.equals(ANY) ? Targets::any : ALL.get(name);
  }

  /** All targets in one process: the first byte of an input says which gets the rest of it. */
  private static void any(byte[] input) throws IOException {
    if (input.length > 0) {
      FuzzTarget[] targets = ALL.values().toArray(new FuzzTarget[0]);
      int which = (input[0] & 0xff) % targets.length;
      targets[which].run(Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
