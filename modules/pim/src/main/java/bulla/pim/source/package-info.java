/** Member sources: where the users and groups of roles come from. */
package bulla.pim.source;
