package bulla.identity;

import bulla.commonops.http.Precondition;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.Date;
import java.util.List;

/** A request without conditions. */
public final class AnyState implements Request {
  public static Precondition precondition() {
    return Precondition.of(new AnyState());
  }

  @Override
  public String getMethod() {
    return "PUT";
  }

  @Override
  public Variant selectVariant(List<Variant> variants) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Response.ResponseBuilder evaluatePreconditions(EntityTag tag) {
    return null;
  }

  @Override
  public Response.ResponseBuilder evaluatePreconditions(Date lastModified) {
    return null;
  }

  @Override
  public Response.ResponseBuilder evaluatePreconditions(Date lastModified, EntityTag tag) {
    return null;
  }

  @Override
  public Response.ResponseBuilder evaluatePreconditions() {
    return null;
  }
}
