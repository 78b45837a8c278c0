/** A client of the REST APIs. */
package bulla.launcher.client;
