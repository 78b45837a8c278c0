package bulla.pim.application;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A trusted application as the API shows it.
 *
 * @param name the name, unique among the trusted applications
 * @param description what it is for, in words; absent where it was not given
 * @param applicationName the name that the application gives to the protector
 * @param applicationUser the operating system user that it runs as
 * @param uid the uid, by which paths and other objects refer to it
 */
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
