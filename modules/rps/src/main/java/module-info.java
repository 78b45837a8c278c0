/**
 * Sealing and serving packages: {@code /pty/v1/rps}.
 *
 * <p>{@code export} seals what is deployed to a data store, once, and hands it out; {@code
 * signingkey} keeps the keys that sign packages and shows their public halves.
 */
open module bulla.rps {
  requires transitive bulla.commonops;
  requires bulla.database;
  requires bulla.keyring;
  requires bulla.pim;
  requires bulla.resilientpackage;
  requires com.nimbusds.jose.jwt;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.transaction;
  requires jakarta.validation;
  requires jakarta.ws.rs;
  requires java.sql;
  requires microprofile.config.api;
  requires org.eclipse.microprofile.openapi;

  exports bulla.rps;
}
