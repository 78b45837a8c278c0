/** Masks: what hides a part of an unprotected value. */
package bulla.pim.mask;
