/** The demonstration: from a policy over REST to protected data, in one command. */
package bulla.launcher.demo;
