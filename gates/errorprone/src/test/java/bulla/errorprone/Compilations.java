package bulla.errorprone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.ToolProvider;

/** A process that compiles files one after the other, as Maven's does, and says what came of it. */
final class Compilations {

  /**
   * Compiles.
   *
   * @param args the processor path, where classes are written, then the files
   */
  public static void main(String[] args) throws IOException {
    var javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var out = new PrintWriter(System.out, true, UTF_8);
    for (int i = 2; i < args.length; i++) {
      var file = Path.of(args[i]);
      var options =
          List.of(
              "-d",
              args[1],
              "-processorpath",
              args[0],
              "-proc:none",
              "-Werror",
              "-XDcompilePolicy=simple",
              "--should-stop=ifError=FLOW",
              "-Xplugin:SharedErrorProne");
      try (var files = javac.getStandardFileManager(null, null, null)) {
        var task = javac.getTask(out, files, null, options, null, files.getJavaFileObjects(file));
        out.println(file.getFileName() + ": " + (task.call() ? "taken" : "refused"));
      }
    }
    out.println(
        System.getProperties().values().stream().filter(URLClassLoader.class::isInstance).count()
            + " class loader");
  }

  private Compilations() {}
}
