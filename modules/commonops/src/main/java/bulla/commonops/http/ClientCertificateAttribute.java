package bulla.commonops.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;

/**
 * Hands out what a client has shown in the handshake of TLS, as the attribute {@value #NAME}
 * (Jakarta Servlet 6.1, section 3.10). Liberty itself does so only where an application has its
 * security, which this one takes nothing else from (ADR 43), but its request has the certificates.
 * Where other credentials are sent they are what counts, and nothing is looked up.
 */
public class ClientCertificateAttribute extends HttpFilter {
  /** A chain of {@code X509Certificate[]}, the client's own first; absent if it has shown none. */
  public static final String NAME = "jakarta.servlet.request.X509Certificate";

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.isSecure() && request.getHeader("Authorization") == null) {
      request.setAttribute(NAME, shown(request));
    }
    chain.doFilter(request, response);
  }

  /**
   * By reflection: Liberty shows the type of its requests to no application.
   *
   * @return null if the client has shown none, which removes the attribute
   */
  private static X509Certificate[] shown(ServletRequest request) throws ServletException {
    try {
      return (X509Certificate[])
          request.getClass().getMethod("getPeerCertificates").invoke(request);
    } catch (ReflectiveOperationException anotherContainer) {
      throw new ServletException("The container keeps client certificates", anotherContainer);
    }
  }
}
