package bulla.pim.application;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A trusted application as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationView(
    String name, String description, String applicationName, String applicationUser, String uid) {
  static ApplicationView of(TrustedApplication application) {
    return new ApplicationView(
        application.name(),
        application.description(),
        application.applicationName(),
        application.applicationUser(),
        application.uid());
  }
}
