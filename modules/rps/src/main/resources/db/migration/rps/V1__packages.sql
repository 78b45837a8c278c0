-- The keys that sign packages. The one of the highest generation signs; the public halves of all
-- of them are shown, because the packages that they signed are still in use. That there is one key
-- per generation decides which server's key is the first one.
create table rps_signing_key (
  generation integer not null primary key,
  kid varchar(64) not null,
  public_key varchar(512) not null,
  wrapped_key varchar(512) not null,
  created_at timestamp not null,
  constraint rps_signing_key_kid unique (kid)
);

-- Rows are only ever added: what was sealed once is served as the same bytes. No reference to the
-- data store, which may be deleted later.
create table rps_sealed_package (
  id bigint generated always as identity primary key,
  data_store varchar(64) not null,
  serial bigint not null,
  fingerprint varchar(64) not null,
  algorithm varchar(32) not null,
  version integer not null,
  core_version integer not null,
  kid varchar(64) not null,
  sealed_at timestamp not null,
  digest varchar(64) not null,
  content blob not null,
  constraint rps_sealed_package_once
    unique (data_store, serial, fingerprint, algorithm, version, core_version, kid)
);
