package bulla.pim.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Where a source of type FILE reads: plain names of files in the server's source directory.
 *
 * @param userFile a file with one user name per line, UTF-8
 * @param groupFile a file with groups, each a line {@code [GroupName]} and one member per line
 *     after it, UTF-8; may be absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileConnection(
    @NotNull(message = "must be the name of a file")
        @Pattern(regexp = FileConnection.PLAIN_NAME, message = FileConnection.RULE)
        String userFile,
    @Pattern(regexp = FileConnection.PLAIN_NAME, message = FileConnection.RULE) String groupFile) {
  static final String PLAIN_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
  static final String RULE =
      "must be a plain file name: up to 128 letters, digits, dots, dashes and underscores,"
          + " not beginning with a dot or a dash";
}
