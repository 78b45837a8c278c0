package bulla.protector;

import bulla.protection.Protection;
import bulla.resilientpackage.access.Access;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackagedElement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One opened package with what was made ready of it. Each call takes hold of one and works with it
 * to its end, whatever replaces it meanwhile; the keys are wiped when the last of them lets go.
 */
final class PolicyInUse {
  private final OpenedPackage opened;
  private final Map<String, ElementProtection> elements = new ConcurrentHashMap<>();

  /** Whoever holds it; the protector is the first. */
  private final AtomicInteger holders = new AtomicInteger(1);

  private final boolean trusted;

  /**
   * @param trusted whether this application is one of those that the package trusts
   */
  PolicyInUse(OpenedPackage opened, boolean trusted) {
    this.opened = opened;
    this.trusted = trusted;
  }

  boolean isTrusted() {
    return trusted;
  }

  /** Takes hold of it; false when its time is over. */
  boolean hold() {
    return holders.updateAndGet(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Lets go of it. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      elements.clear();
      opened.close();
    }
  }

  OpenedPackage opened() {
    return opened;
  }

  PackageHeader header() {
    return opened.header();
  }

  Access access(String user, String dataElement) {
    return opened.accessTable().access(user, dataElement);
  }

  /** A data element of the policy, made ready on its first use. */
  ElementProtection element(String name) {
    return elements.computeIfAbsent(name, this::prepare);
  }

  private ElementProtection prepare(String name) {
    PackagedElement packaged = opened.findElement(name).orElseThrow();
    return new ElementProtection(
        packaged.element(),
        Protection.of(packaged.element().method(), packaged.keys(), packaged.alphabet()));
  }
}
