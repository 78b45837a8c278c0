/**
 * What every API shares: version, health, doc, log, authentication, problems, paging, conditional
 * requests.
 */
package bulla.commonops;
