/**
 * What every API shares: version, health, documentation and log level, authentication and
 * permissions, problem documents, strict JSON bodies, paging and conditional requests.
 */
open module bulla.commonops {
  requires transitive bulla.audit;
  requires transitive bulla.secrets;
  requires bulla.database;
  requires bulla.keyring;
  requires io.prometheus.metrics.core;
  requires io.prometheus.writer.text;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.metrics.model;
  requires com.fasterxml.jackson.databind;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.interceptor;
  requires jakarta.persistence;
  requires jakarta.servlet;
  requires jakarta.transaction;
  requires jakarta.validation;
  requires jakarta.ws.rs;
  requires java.logging;
  requires java.sql;
  requires microprofile.config.api;
  requires microprofile.health.api;
  requires org.eclipse.microprofile.openapi;
  // The documents are made when the server is built.
  requires static therapi.runtime.javadoc;

  exports bulla.commonops;
  exports bulla.commonops.authentication;
  exports bulla.commonops.caller;
  exports bulla.commonops.change;
  exports bulla.commonops.document;
  exports bulla.commonops.http;
  exports bulla.commonops.metrics;
  exports bulla.commonops.outbound;
  exports bulla.commonops.problem;
  exports bulla.commonops.service;
}
