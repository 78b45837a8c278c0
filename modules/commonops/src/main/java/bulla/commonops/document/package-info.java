/**
 * Completes the OpenAPI document of an API when the build makes it: descriptions from Javadoc,
 * examples, problems, who may call. Nothing of it runs in the server.
 */
package bulla.commonops.document;
