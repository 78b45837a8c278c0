/** What the names of users, groups and roles have in common. */
package bulla.identity.name;
