package bulla.commonops.authentication;

import bulla.commonops.problem.CommonProblem;
import java.util.Set;

/**
 * Which APIs accept which way to authenticate, by the last part of their context root.
 *
 * @param bearer the APIs that accept bearer tokens
 * @param basic the APIs that accept HTTP Basic
 * @param certificate the APIs that accept client certificates
 */
record WaysIn(Set<String> bearer, Set<String> basic, Set<String> certificate) {
  /** One way to authenticate. */
  enum Way {
    BEARER("bearer tokens"),
    BASIC("HTTP Basic"),
    CERTIFICATE("client certificates");

    private final String text;

    Way(String text) {
      this.text = text;
    }
  }

  /**
   * Checks that an API accepts a way to authenticate.
   *
   * @param contextPath where the API is served
   * @throws bulla.commonops.problem.Problem 401 where it does not
   */
  void require(Way way, String contextPath) {
    String api = contextPath.substring(contextPath.lastIndexOf('/') + 1);
    Set<String> accepting =
        switch (way) {
          case BEARER -> bearer;
          case BASIC -> basic;
          case CERTIFICATE -> certificate;
        };
    if (!accepting.contains(api)) {
      throw CommonProblem.UNAUTHENTICATED.because(
          "This API does not accept " + way.text + "; authenticate in another way");
    }
  }
}
