/** Trusted applications: which programs may use the protectors of a data store. */
package bulla.pim.application;
