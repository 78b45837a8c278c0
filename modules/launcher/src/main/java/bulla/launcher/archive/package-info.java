/** The archive of loaded classes from which the server starts sooner. */
package bulla.launcher.archive;
