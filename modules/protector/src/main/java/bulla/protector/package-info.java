/** The offline protector as a library: {@link bulla.protector.Protector} is where to begin. */
package bulla.protector;
