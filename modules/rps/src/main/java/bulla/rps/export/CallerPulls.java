package bulla.rps.export;

import bulla.commonops.caller.Caller;
import bulla.pim.node.Nodes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Notes which package the caller has. */
@Dependent
class CallerPulls {
  private final Nodes nodes;
  private final Caller caller;

  @Inject
  CallerPulls(Nodes nodes, Caller caller) {
    this.nodes = nodes;
    this.caller = caller;
  }

  /** The caller has this package now: it got it, or asked and had it already. */
  void pulled(PackageId id) {
    nodes.pulled(
        new Nodes.Pull(
            id.dataStore(), caller.address(), caller.name(), id.fingerprint(), id.serial()));
  }
}
