/** The providers that every API registers. */
package bulla.commonops;
