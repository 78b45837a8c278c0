/** Roles: named sets of permissions, built-in or made by an administrator. */
package bulla.identity.role;
