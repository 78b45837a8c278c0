/** {@code bulla audit}: the audit journal without its server. */
package bulla.launcher.audit;
