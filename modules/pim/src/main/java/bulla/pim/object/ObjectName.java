package bulla.pim.object;

import bulla.commonops.http.Printable;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of an object of a policy: 1 to 55 printable characters, no blanks at the ends. */
@NotNull
@Size(min = 1, max = ObjectName.LONGEST)
@Pattern(regexp = "(?!\\p{Z})" + Printable.TEXT + "(?<!\\p{Z})")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface ObjectName {
  /** The published limit, in UTF-16 units. */
  int LONGEST = 55;

  /** What is wrong, for the client. */
  String message() default
      "must be 1 to 55 printable characters that neither begin nor end with a blank";

  /** As Bean Validation asks. */
  Class<?>[] groups() default {};

  /** As Bean Validation asks. */
  Class<? extends Payload>[] payload() default {};
}
