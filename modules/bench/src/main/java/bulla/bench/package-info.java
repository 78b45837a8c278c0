/** Benchmarks with JMH, beside peers where there are any. They assert nothing. */
package bulla.bench;
