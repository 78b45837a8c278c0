package bulla.pim.application;

import bulla.commonops.http.Printable;
import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A trusted application to create, or what an existing one becomes.
 *
 * @param name the name, unique among the trusted applications, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param applicationName the process, main class or module, with the wildcards {@code *} and {@code
 *     ?}
 * @param applicationUser the operating system's user, with the same wildcards
 */
public record WriteApplication(
    @ObjectName String name,
    @Description String description,
    @NotNull(message = WriteApplication.RULE)
        @Size(min = 1, max = WriteApplication.LONGEST, message = WriteApplication.RULE)
        @Pattern(regexp = WriteApplication.TEXT, message = WriteApplication.RULE)
        String applicationName,
    @NotNull(message = WriteApplication.RULE)
        @Size(min = 1, max = WriteApplication.LONGEST, message = WriteApplication.RULE)
        @Pattern(regexp = WriteApplication.TEXT, message = WriteApplication.RULE)
        String applicationUser) {
  /** The published limit, in UTF-16 units. */
  static final int LONGEST = 63;

  static final String TEXT = "(?!\\p{Z})" + Printable.TEXT + "(?<!\\p{Z})";
  static final String RULE =
      "must be 1 to 63 printable characters, wildcards * and ? included, without blanks at the ends";
}
