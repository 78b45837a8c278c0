package bulla.resilientpackage.envelope;

import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.policy.Application;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A package that passed every check: its keys and its rights. Immutable, until {@link #close} wipes
 * the keys.
 */
public final class OpenedPackage implements AutoCloseable {
  private final PackageHeader header;
  private final Map<String, PackagedElement> elementsByName;
  private final List<PackagedElement> elements;
  private final AccessTable accessTable;
  private final List<Application> applications;

  OpenedPackage(
      PackageHeader header,
      List<PackagedElement> elements,
      AccessTable accessTable,
      List<Application> applications) {
    this.header = header;
    this.elements = List.copyOf(elements);
    this.elementsByName =
        elements.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    packaged -> packaged.element().name(), Function.identity()));
    this.accessTable = accessTable;
    this.applications = List.copyOf(applications);
  }

  /** What the package says of itself. */
  public PackageHeader header() {
    return header;
  }

  /** The data elements with their keys. */
  public List<PackagedElement> elements() {
    return elements;
  }

  /** The data element of exactly this name. */
  public Optional<PackagedElement> findElement(String name) {
    return Optional.ofNullable(elementsByName.get(name));
  }

  /** Who may do what. */
  public AccessTable accessTable() {
    return accessTable;
  }

  /** The trusted applications. */
  public List<Application> applications() {
    return applications;
  }

  /** Wipes the keys; what was made ready of them before goes on working. */
  @Override
  public void close() {
    elements.forEach(packaged -> packaged.keys().close());
  }

  /** What the package says of itself; no keys. */
  @Override
  public String toString() {
    return "OpenedPackage[" + header + "]";
  }
}
