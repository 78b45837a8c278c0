package bulla.identity.saml;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a SAML provider in paths: 1 to 64 letters, digits and {@code . _ -} of ASCII,
 * starting with a letter or digit. Letter case matters.
 *
 * @param text the alias
 */
public record ProviderAlias(@JsonValue String text) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Checks an alias.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProviderAlias {
    if (!ALLOWED.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "An alias has 1 to 64 letters, digits and . _ - and starts with a letter or digit");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
