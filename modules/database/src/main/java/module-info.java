/**
 * What every server module needs to keep its rows: the data directory, and the migration of its
 * tables.
 */
open module bulla.database {
  requires transitive java.sql;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires microprofile.config.api;
  requires java.naming;
  requires flyway.core;

  exports bulla.database;

  provides jakarta.enterprise.inject.spi.Extension with
      bulla.database.Migrations;
}
