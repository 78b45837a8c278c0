package bulla.commonops.authentication;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a resource method: any caller with valid credentials, whatever the permissions. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Authenticated {
  /**
   * Whether a caller gets in, too, whose credentials cannot be checked because the server fails:
   * for what says that it fails, and tells no more than the open probes do.
   */
  boolean evenUnchecked() default false;
}
