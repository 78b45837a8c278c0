/** The journal of what happened: who, from where, what, with which outcome. */
open module bulla.audit {
  requires bulla.database;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.transaction;
  requires java.sql;

  exports bulla.audit;
}
