package bulla.launcher.archive;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Links the classes that a Java machine has loaded. An archive of classes has none that was loaded
 * and not linked, as those are that others only name: a sixth of what a start of the server loads.
 */
public final class ClassLinker {
  /** To link a class loads others, which are linked then; the third time hardly any are left. */
  private static final int ROUNDS = 3;

  private ClassLinker() {}

  /**
   * Links the classes of another process of this Java.
   *
   * @throws IOException if the process takes nothing from this one
   */
  static void linkAll(long pid) throws IOException {
    VirtualMachine machine = null;
    try {
      machine = VirtualMachine.attach(Long.toString(pid));
      // The manifest of the launcher's library names this class as its agent.
      machine.loadAgent(
          Path.of(ClassLinker.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    } catch (AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException failed) {
      throw new IOException("Process " + pid + " loads no agent: " + failed.getMessage(), failed);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("The launcher has no path", impossible);
    } finally {
      if (machine != null) {
        machine.detach();
      }
    }
  }

  /** What the other process runs. */
  public static void agentmain(String arguments, Instrumentation machine) {
    for (int round = 0; round < ROUNDS; round++) {
      for (Class<?> loaded : machine.getAllLoadedClasses()) {
        link(loaded);
      }
    }
  }

  private static void link(Class<?> loaded) {
    try {
      // Reading what a class declares links it, and runs nothing of it.
      // (JVM_GetClassDeclaredFields)
      var unused = loaded.getDeclaredFields();
    } catch (LinkageError incomplete) {
      // It names classes that are not there, which its own users have lived with so far; it is not
      // for an archive.
    }
  }
}
