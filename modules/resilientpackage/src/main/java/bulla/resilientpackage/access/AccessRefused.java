package bulla.resilientpackage.access;

import bulla.protection.ReturnCode;
import java.util.Objects;

/**
 * No rule joins the user and the data element.
 *
 * @param code {@code USER_NOT_IN_POLICY} (1), {@code ELEMENT_NOT_IN_POLICY} (2) or {@code
 *     NO_PERMISSION} (3)
 */
public record AccessRefused(ReturnCode code) implements Access {
  public AccessRefused {
    Objects.requireNonNull(code);
  }
}
