/** Alphabets: the symbols of Unicode tokens. */
package bulla.pim.alphabet;
