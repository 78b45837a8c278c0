package bulla.identity.token;

import bulla.commonops.change.AuditAction;
import bulla.commonops.problem.CommonProblem;
import bulla.identity.password.NewPassword;
import bulla.secrets.SecretBytes;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /login}: from a password to tokens, and from a refresh token to the next ones. */
@Path("login")
@Produces("application/json")
@Dependent
public class TokenResource {
  private static final String ACCESS_TOKEN_EXAMPLE =
      "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

  /** The header that carries the access token, as published. */
  static final String ACCESS_TOKEN_HEADER = "pty_access_jwt_token";

  private final TokenService tokens;

  @Inject
  public TokenResource(TokenService tokens) {
    this.tokens = tokens;
  }

  /**
   * {@code POST /login/token}: logs in; the access token is in the answer's header alone.
   *
   * @param loginName the name of the user
   * @param password the present password
   */
  @POST
  @Path("token")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermitAll
  @AuditAction("LOGIN")
  @Operation(operationId = "createToken", summary = "Log in and get an access and a refresh token")
  @APIResponse(
      responseCode = "200",
      headers =
          @Header(
              name = ACCESS_TOKEN_HEADER,
              description = "The access token",
              schema = @Schema(type = SchemaType.STRING, examples = ACCESS_TOKEN_EXAMPLE)),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TokenAnswer.class)))
  public Response logIn(
      @FormParam("loginname") String loginName, @FormParam("password") String password) {
    try (SecretBytes secret = secret(password)) {
      return answer(tokens.logIn(needed(loginName, "loginname"), secret));
    }
  }

  /** {@code POST /login/token/refresh}: exchanges a refresh token, as the published sample does. */
  @POST
  @Path("token/refresh")
  @Consumes("application/json")
  @PermitAll
  @AuditAction("REFRESH")
  @Operation(operationId = "refreshToken", summary = "Exchange a refresh token for new tokens")
  @APIResponse(
      responseCode = "200",
      headers =
          @Header(
              name = ACCESS_TOKEN_HEADER,
              description = "The access token",
              schema = @Schema(type = SchemaType.STRING, examples = ACCESS_TOKEN_EXAMPLE)),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TokenAnswer.class)))
  public Response refresh(@Valid @NotNull RefreshRequest request) {
    return answer(tokens.refresh(request.refreshToken()));
  }

  /** {@code POST /login/refresh}: the same, under the other published path. */
  @POST
  @Path("refresh")
  @Consumes("application/json")
  @PermitAll
  @AuditAction("REFRESH")
  @Operation(
      operationId = "refreshTokenOnShortPath",
      summary = "Exchange a refresh token for new tokens")
  @APIResponse(
      responseCode = "200",
      headers =
          @Header(
              name = ACCESS_TOKEN_HEADER,
              description = "The access token",
              schema = @Schema(type = SchemaType.STRING, examples = ACCESS_TOKEN_EXAMPLE)),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TokenAnswer.class)))
  public Response refreshOnShortPath(@Valid @NotNull RefreshRequest request) {
    return refresh(request);
  }

  /**
   * {@code POST /login/password}: changes one's own password, also a temporary one.
   *
   * @param loginName the name of the user
   * @param password the present password
   * @param newPassword the password from now on
   */
  @POST
  @Path("password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermitAll
  @AuditAction("CHANGE_OWN_PASSWORD")
  @Operation(operationId = "changeOwnPassword", summary = "Change one's own password")
  @APIResponse(responseCode = "204", description = "The password is changed; older tokens ended")
  public void changePassword(
      @FormParam("loginname") String loginName,
      @FormParam("password") String password,
      @FormParam("newPassword") String newPassword) {
    try (SecretBytes secret = secret(password)) {
      tokens.changePassword(
          needed(loginName, "loginname"), secret, wanted(needed(newPassword, "newPassword")));
    }
  }

  private static Response answer(IssuedTokens issued) {
    return Response.ok(TokenAnswer.of(issued)).header(ACCESS_TOKEN_HEADER, issued.access()).build();
  }

  private static SecretBytes secret(String password) {
    return SecretBytes.takeFrom(needed(password, "password").getBytes(StandardCharsets.UTF_8));
  }

  private static NewPassword wanted(String newPassword) {
    try {
      return NewPassword.of(newPassword);
    } catch (IllegalArgumentException refused) {
      throw CommonProblem.INVALID_VALUE.because(refused.getMessage(), "newPassword");
    }
  }

  private static String needed(String value, String field) {
    if (value == null || value.isEmpty()) {
      throw CommonProblem.INVALID_VALUE.because("The form field " + field + " is needed", field);
    }
    return value;
  }
}
