/** Roles and their members. */
package bulla.pim.role;
