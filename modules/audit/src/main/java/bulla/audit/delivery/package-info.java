/** Where journal entries go outside of the house, and the form that they have there. */
package bulla.audit.delivery;
