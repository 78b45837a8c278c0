/** The key hierarchy: master key, a key encryption key per module, data keys. */
open module bulla.keyring {
  requires transitive bulla.secrets;
  requires bulla.database;
  requires jakarta.annotation;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.transaction;
  requires java.sql;
  requires microprofile.config.api;
  requires org.bouncycastle.provider;

  exports bulla.keyring;
}
