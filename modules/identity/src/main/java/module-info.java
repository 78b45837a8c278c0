/** Users, roles, permissions, tokens: {@code /pty/v1/auth}. */
open module bulla.identity {
  requires transitive bulla.commonops;
  requires transitive bulla.secrets;
  requires bulla.database;
  requires bulla.keyring;
  requires com.fasterxml.jackson.databind;
  requires com.nimbusds.jose.jwt;
  requires io.github.bucket4j.core;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.persistence;
  requires jakarta.servlet;
  requires jakarta.transaction;
  requires jakarta.validation;
  requires jakarta.ws.rs;
  requires java.logging;
  requires java.naming;
  requires java.sql;
  requires java.xml;
  requires microprofile.config.api;
  requires org.bouncycastle.provider;
  requires org.eclipse.microprofile.openapi;

  exports bulla.identity;
}
