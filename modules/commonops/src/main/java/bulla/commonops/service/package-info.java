/** The operations that every API answers: version, health, documentation, log level. */
package bulla.commonops.service;
