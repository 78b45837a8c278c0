/** The permissions and the built-in roles of the published editions, in one table each. */
package bulla.identity.permission;
