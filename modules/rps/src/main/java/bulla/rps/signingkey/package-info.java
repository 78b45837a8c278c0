/** The keys that sign packages: made here, kept wrapped, their public halves shown to anybody. */
package bulla.rps.signingkey;
