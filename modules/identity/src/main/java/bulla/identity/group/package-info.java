/** Groups: users who have the same roles. */
package bulla.identity.group;
