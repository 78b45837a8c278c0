/**
 * Failures as problem documents (RFC 9457): one enum per module, one exception, one set of mappers.
 */
package bulla.commonops.problem;
