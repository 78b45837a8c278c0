package bulla.errorprone;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import java.net.URLClassLoader;

/**
 * Error Prone as a plugin of javac ({@code -Xplugin:SharedErrorProne}, with Error Prone's own
 * arguments), loaded once for all compilations in this Java machine.
 *
 * <p>javac makes a new class loader of the processor path for each compilation, and Maven compiles
 * in its own process: with Error Prone found there, each of the modules' compilations would load,
 * verify and compile its two thousand classes anew (ADR 41 has the figures). Error Prone itself is
 * made for many compilations, also side by side, in one process.
 */
public final class SharedErrorProne implements Plugin {

  private static final String ERROR_PRONE = "com.google.errorprone.ErrorProneJavacPlugin";

  /** Found by javac through {@code META-INF/services}. */
  public SharedErrorProne() {}

  @Override
  public String getName() {
    return "SharedErrorProne";
  }

  /**
   * @throws IllegalStateException if Error Prone is not on the processor path
   */
  @Override
  public void init(JavacTask task, String... args) {
    Plugin errorProne;
    try {
      errorProne = (Plugin) shared().loadClass(ERROR_PRONE).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Error Prone is not on javac's processor path", e);
    }
    errorProne.init(task, args);
  }

  /**
   * The class loader of this processor path's files that outlives a compilation. This class is
   * itself loaded anew for each, so that what they share is kept where all of them find it: in the
   * system properties, under a name of its own.
   */
  private ClassLoader shared() {
    var urls = ((URLClassLoader) getClass().getClassLoader()).getURLs();
    var name = new StringBuilder(getClass().getName());
    for (var url : urls) {
      name.append(' ').append(url);
    }
    return (ClassLoader)
        System.getProperties()
            .computeIfAbsent(
                name.toString(), key -> new URLClassLoader(urls, Plugin.class.getClassLoader()));
  }
}
