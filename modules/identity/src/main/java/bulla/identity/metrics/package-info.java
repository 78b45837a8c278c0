/** What the server counts about itself, for a monitoring system. */
package bulla.identity.metrics;
