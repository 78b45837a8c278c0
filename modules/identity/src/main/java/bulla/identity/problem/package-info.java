/** The failures of identity. */
package bulla.identity.problem;
