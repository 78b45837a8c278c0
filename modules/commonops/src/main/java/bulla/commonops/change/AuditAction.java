package bulla.commonops.change;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which journal entries an operation writes when it succeeds. Every operation that changes
 * something has it, and every export; the API's document shows it as {@code x-audit-action}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AuditAction {
  /**
   * The actions of its entries; several where it depends on the request which of them it writes.
   */
  String[] value();
}
