/** Fuzzing: {@code ./bulla fuzz}. */
package bulla.fuzz;
