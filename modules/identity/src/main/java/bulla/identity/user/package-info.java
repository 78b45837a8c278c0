/** Users: their names, passwords, roles, and when their tokens end. */
package bulla.identity.user;
