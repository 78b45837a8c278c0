/** The data directory, and the migration of each module's tables. */
package bulla.database;
