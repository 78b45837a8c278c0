package bulla.commonops.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.lang.reflect.Method;
import java.security.cert.X509Certificate;

/**
 * Sees to it that what a client has shown in the handshake of TLS is the attribute {@value #NAME}
 * of its request (Jakarta Servlet 6.1, section 3.10). Liberty sets it only where an application has
 * its security, of which this one takes nothing else (ADR 43), but its request has the
 * certificates. Beside an {@code Authorization}, which is what counts then, nothing is looked up.
 */
public class ClientCertificateAttribute extends HttpFilter {
  /** A chain of {@code X509Certificate[]}, the client's own first; absent if it has shown none. */
  public static final String NAME = "jakarta.servlet.request.X509Certificate";

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.isSecure()
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && request.getAttribute(NAME) == null) {
      X509Certificate[] shown = shown(request);
      if (shown != null) {
        request.setAttribute(NAME, shown);
      }
    }
    chain.doFilter(request, response);
  }

  /**
   * By reflection: Liberty shows the type of its requests to no application.
   *
   * @return null if the client has shown none, and in any other container, which sets the attribute
   */
  private static X509Certificate[] shown(HttpServletRequest request) throws ServletException {
    Method certificates;
    try {
      certificates = request.getClass().getMethod("getPeerCertificates");
    } catch (NoSuchMethodException anotherContainer) {
      return null;
    }
    try {
      return (X509Certificate[]) certificates.invoke(request);
    } catch (ReflectiveOperationException failed) {
      throw new ServletException("The client's certificates cannot be read", failed);
    }
  }
}
