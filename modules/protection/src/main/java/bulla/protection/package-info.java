/**
 * How a data element protects its values. A {@link bulla.protection.ProtectionMethod} says how, a
 * {@link bulla.protection.Protection} is a method with its key, ready for use; a {@link
 * bulla.protection.Mask} hides parts of what unprotecting brought back. The constructions are
 * stated in {@code docs/tokenization.md}.
 */
package bulla.protection;
