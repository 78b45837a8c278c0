/** The launcher: one command line for the server and the demonstration. */
package bulla.launcher;
