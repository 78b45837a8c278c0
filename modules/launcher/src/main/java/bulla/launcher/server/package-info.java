/** Starting and stopping the server, and what it needs before it can start: settings, TLS keys. */
package bulla.launcher.server;
