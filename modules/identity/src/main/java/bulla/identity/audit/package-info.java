/** The audit journal over REST. */
package bulla.identity.audit;
