/** The offline protector: library and command line. */
package bulla.protector;
