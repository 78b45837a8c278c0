/**
 * Policy management: /pty/v2/pim.
 *
 * <p>Cut by feature: {@code source}, {@code role}, {@code mask}, {@code dataelement}, {@code
 * policy} (with its rules), {@code datastore} (with its export keys) are what an officer writes;
 * {@code deployment} turns it into numbered snapshots and hands them to the module that seals
 * packages. {@code object} is what they share, {@code initialization} the state before and after
 * {@code POST /init}.
 */
open module bulla.pim {
  requires transitive bulla.commonops;
  requires transitive bulla.resilientpackage;
  requires bulla.database;
  requires bulla.keyring;
  requires com.fasterxml.jackson.databind;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.persistence;
  requires jakarta.transaction;
  requires jakarta.validation;
  requires jakarta.ws.rs;
  requires java.net.http;
  requires java.sql;
  requires microprofile.config.api;
  requires org.eclipse.microprofile.openapi;
  requires unboundid.ldapsdk;

  exports bulla.pim;
  exports bulla.pim.deployment;
  exports bulla.pim.node;
  exports bulla.pim.object;
}
