/** What an operator watches: requests, logins, queues and the Java machine. */
package bulla.commonops.metrics;
