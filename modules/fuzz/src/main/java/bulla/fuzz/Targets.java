package bulla.fuzz;

import bulla.protector.cli.LayoutFuzz;
import bulla.resilientpackage.envelope.PackageFuzz;
import bulla.resilientpackage.keys.PemFuzz;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** All that can be fuzzed, by name. A new target is one line here. */
final class Targets {
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
}
