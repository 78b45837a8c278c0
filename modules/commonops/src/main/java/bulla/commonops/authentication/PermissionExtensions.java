package bulla.commonops.authentication;

import bulla.commonops.change.AuditActions;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Writes into an API's document who may call each operation, from the annotations that {@link
 * PermissionFilter} enforces: the extension {@code x-permission} is the name of a permission, or
 * {@value #AUTHENTICATED} where any valid credentials do, or {@value #ANYBODY}. Beside it stands
 * what the operation writes into the journal. Runs when the document is generated; an operation of
 * which either is not known fails the build.
 */
public abstract class PermissionExtensions implements OASFilter {
  /** The extension's name. */
  public static final String NAME = "x-permission";

  static final String AUTHENTICATED = "authenticated";
  static final String ANYBODY = "anybody";

  private final Map<String, Method> methods;

  /** For the operations of {@code api}. */
  protected PermissionExtensions(Application api) {
    this.methods =
        api.getClasses().stream()
            .flatMap(resource -> Arrays.stream(resource.getMethods()))
            .filter(method -> !method.isBridge() && operation(method) != null)
            .collect(
                Collectors.toMap(method -> operation(method).operationId(), Function.identity()));
  }

  @Override
  public Operation filterOperation(Operation operation) {
    Method method = methods.get(operation.getOperationId());
    if (method == null) {
      throw new IllegalStateException(
          "No method has the operation id " + operation.getOperationId());
    }
    operation.addExtension(NAME, permission(method));
    AuditActions.describe(operation, method);
    return operation;
  }

  private static String permission(Method method) {
    if (method.isAnnotationPresent(PermitAll.class)) {
      return ANYBODY;
    }
    if (method.isAnnotationPresent(Authenticated.class)) {
      return AUTHENTICATED;
    }
    RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
    if (allowed == null || allowed.value().length != 1) {
      throw new IllegalStateException("Not exactly one permission may call " + method);
    }
    return allowed.value()[0];
  }

  private static org.eclipse.microprofile.openapi.annotations.Operation operation(Method method) {
    return method.getAnnotation(org.eclipse.microprofile.openapi.annotations.Operation.class);
  }
}
