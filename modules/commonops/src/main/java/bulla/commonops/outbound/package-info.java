/** What bounds the connections that the server makes because a caller asked for them. */
package bulla.commonops.outbound;
