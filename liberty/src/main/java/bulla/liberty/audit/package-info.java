/** {@code bulla audit}: the audit journal without its server. */
package bulla.liberty.audit;
