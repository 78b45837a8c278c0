package bulla.protector;

import bulla.resilientpackage.policy.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which application this process is, for packages that name the trusted ones. Like the user it is
 * asserted: whoever starts the process chooses its name.
 *
 * @param names what the application may be called: its main class, its main module
 * @param user the operating system's user
 */
public record ApplicationIdentity(List<String> names, String user) {
  public ApplicationIdentity {
    names = List.copyOf(names);
    Objects.requireNonNull(user);
  }

  /** The main class and the main module of this process, run by its user. */
  public static ApplicationIdentity ofProcess() {
    List<String> names = new ArrayList<>();
    // module/class, class or jar, then the arguments.
    String command = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    int slash = command.indexOf('/');
    if (System.getProperty("jdk.module.main") != null && slash > 0) {
      names.add(command.substring(0, slash));
      names.add(command.substring(slash + 1));
    } else if (!command.isEmpty()) {
      names.add(command);
    }
    return new ApplicationIdentity(names, System.getProperty("user.name", "unknown"));
  }

  /** Whether one of the applications is this one; every process is trusted where none is named. */
  boolean isTrustedBy(List<Application> applications) {
    return applications.isEmpty() || applications.stream().anyMatch(this::is);
  }

  private boolean is(Application application) {
    return matches(application.applicationUser(), user)
        && names.stream().anyMatch(name -> matches(application.applicationName(), name));
  }

  /** {@code *} stands for any characters, {@code ?} for one; the case counts. */
  private static boolean matches(String wildcards, String text) {
    var expression = new StringBuilder();
    wildcards
        .codePoints()
        .forEach(
            c ->
                expression.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
