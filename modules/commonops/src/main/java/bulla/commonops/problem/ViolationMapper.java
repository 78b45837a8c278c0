package bulla.commonops.problem;

import bulla.commonops.caller.Caller;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;

/**
 * Names the member that breaks a constraint of its request record. A mapper of its own, because the
 * container brings one for this exception that answers in plain text.
 */
@Provider
@ApplicationScoped
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {
  /** The nodes of a violation's path before the member: the resource method and its parameter. */
  private static final int NODES_BEFORE_MEMBER = 2;

  @Inject Caller caller;

  @Override
  public Response toResponse(ConstraintViolationException violations) {
    return ProblemDocument.answer(problem(violations), caller.correlationId());
  }

  private static Problem problem(ConstraintViolationException violations) {
    return violations.getConstraintViolations().stream()
        .min(Comparator.comparing(violation -> violation.getPropertyPath().toString()))
        .map(ViolationMapper::problem)
        .orElseGet(() -> CommonProblem.INVALID_VALUE.because("A value is not allowed"));
  }

  private static Problem problem(ConstraintViolation<?> violation) {
    String member = inJson(member(violation.getPropertyPath()), violation.getLeafBean());
    return member.isEmpty()
        ? CommonProblem.INVALID_VALUE.because("The body " + violation.getMessage())
        : CommonProblem.INVALID_VALUE.because(member + " " + violation.getMessage(), member);
  }

  /** The member as the client wrote it, where JSON calls it otherwise than the record does. */
  private static String inJson(String member, Object record) {
    if (record == null || !record.getClass().isRecord()) {
      return member;
    }
    int begin = member.lastIndexOf('.') + 1;
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
      if (named != null && component.getName().equals(member.substring(begin))) {
        return member.substring(0, begin) + named.value();
      }
    }
    return member;
  }

  static String member(Path path) {
    var member = new StringBuilder();
    int position = 0;
    for (Path.Node node : path) {
      if (position >= NODES_BEFORE_MEMBER) {
        if (node.getIndex() != null) {
          member.append('[').append(node.getIndex()).append(']');
        }
        if (node.getName() != null && !node.getName().startsWith("<")) {
          member.append(member.isEmpty() ? "" : ".").append(node.getName());
        }
      }
      position++;
    }
    return member.toString();
  }
}
