package bulla.commonops.change;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Writes into an API's document which journal entries an operation's success writes: the extension
 * {@code x-audit-action} is the list of their actions ({@link AuditAction}).
 */
public final class AuditActions {
  private static final String NAME = "x-audit-action";
  private static final List<Class<? extends Annotation>> CHANGING =
      List.of(POST.class, PUT.class, DELETE.class, PATCH.class);

  private AuditActions() {}

  /**
   * Describes {@code operation}, which {@code method} is.
   *
   * @throws IllegalStateException if it changes something and does not say what it writes
   */
  public static void describe(Operation operation, Method method) {
    AuditAction action = method.getAnnotation(AuditAction.class);
    if (action != null) {
      operation.addExtension(NAME, List.of(action.value()));
    } else if (CHANGING.stream().anyMatch(method::isAnnotationPresent)) {
      throw new IllegalStateException("It is not said which journal entry it writes: " + method);
    }
  }
}
