package bulla.protector;

import bulla.resilientpackage.policy.Application;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which application this process is, for packages that name the trusted ones. Like the user it is
 * asserted: whoever starts the process chooses its name.
 *
 * @param names what the application may be called: its main class, its main module or jar
 * @param user the operating system's user
 */
public record ApplicationIdentity(List<String> names, String user) {
  private static final System.Logger LOG = System.getLogger(ApplicationIdentity.class.getName());

  public ApplicationIdentity {
    names = List.copyOf(names);
    Objects.requireNonNull(user);
  }

  /**
   * The main class of this process with its main module, or with the jar that it was started from
   * (as it was written), run by its user.
   */
  public static ApplicationIdentity ofProcess() {
    return new ApplicationIdentity(
        namesOf(System.getProperty("sun.java.command", "")),
        System.getProperty("user.name", "unknown"));
  }

  /**
   * @param command what was started, with its arguments: {@code module/class}, {@code module},
   *     {@code class} or the path of a jar
   */
  private static List<String> namesOf(String command) {
    String module = System.getProperty("jdk.module.main");
    // With -jar, that is the whole class path.
    String jar = System.getProperty("java.class.path", "");
    String first = command.split(" ", 2)[0];
    if (module != null) {
      return Stream.concat(
              Stream.of(module),
              first.startsWith(module + "/")
                  ? Stream.of(first.substring(module.length() + 1))
                  : mainClassOf(module).stream())
          .toList();
    }
    if (isStarted(jar, command)) {
      return Stream.concat(Stream.of(jar), mainClassOf(Path.of(jar)).stream()).toList();
    }
    return first.isEmpty() ? List.of() : List.of(first);
  }

  private static boolean isStarted(String jar, String command) {
    return !jar.isEmpty()
        && (command.equals(jar) || command.startsWith(jar + " "))
        && Files.isRegularFile(Path.of(jar));
  }

  private static Optional<String> mainClassOf(String module) {
    return ModuleLayer.boot()
        .findModule(module)
        .flatMap(found -> Optional.ofNullable(found.getDescriptor()))
        .flatMap(ModuleDescriptor::mainClass);
  }

  private static Optional<String> mainClassOf(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(file.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
          .map(String::strip);
    } catch (IOException unreadable) {
      // The process runs, so somebody took the jar away meanwhile. It has one name less, and is
      // trusted by fewer packages, not by more.
      LOG.log(System.Logger.Level.WARNING, "The main class of " + jar + " is unknown", unreadable);
      return Optional.empty();
    }
  }

  /** Whether one of the applications is this one; every process is trusted where none is named. */
  boolean isTrustedBy(List<Application> applications) {
    return applications.isEmpty() || applications.stream().anyMatch(this::is);
  }

  private boolean is(Application application) {
    return Wildcards.matches(application.applicationUser(), user)
        && names.stream().anyMatch(name -> Wildcards.matches(application.applicationName(), name));
  }
}
