/** A client of the REST APIs. */
package bulla.liberty.client;
