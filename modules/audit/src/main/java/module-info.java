/** The journal of what happened: who, from where, what, with which outcome. */
open module bulla.audit {
  requires transitive bulla.auditchain;
  requires bulla.database;
  requires bulla.keyring;
  requires bulla.secrets;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.transaction;
  requires java.sql;
  requires microprofile.config.api;

  exports bulla.audit;
}
