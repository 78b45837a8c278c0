-- Ids are UUIDs as text and times are milliseconds since 1970-01-01 UTC, because Derby and
-- PostgreSQL have neither a UUID type nor a time zone rule in common. A *_key column holds a name
-- as it is compared: NFC, lower case.

-- The permissions of a built-in role are those of the program's own table, not of this one.
create table identity_role (
  id varchar(36) not null primary key,
  name varchar(128) not null,
  name_key varchar(400) not null,
  description varchar(255),
  built_in boolean not null,
  permissions varchar(8000) not null,
  version bigint not null,
  constraint identity_role_name unique (name_key)
);

create table identity_user (
  id varchar(36) not null primary key,
  name varchar(128) not null,
  name_key varchar(400) not null,
  email varchar(254),
  first_name varchar(255),
  last_name varchar(255),
  enabled boolean not null,
  password_hash varchar(255),
  password_temporary boolean not null,
  token_generation bigint not null,
  created_at bigint not null,
  version bigint not null,
  constraint identity_user_name unique (name_key)
);

create table identity_user_role (
  user_id varchar(36) not null references identity_user (id),
  role_id varchar(36) not null references identity_role (id),
  primary key (user_id, role_id)
);

-- One row per login: the family of the refresh tokens that follow from it. Only the SHA-256 of the
-- id of the one refresh token that is still good is kept.
create table identity_session (
  id varchar(36) not null primary key,
  user_id varchar(36) not null references identity_user (id) on delete cascade,
  token_generation bigint not null,
  refresh_hash varchar(64) not null,
  expires_at bigint not null,
  revoked boolean not null
);
-- Derby indexes the columns of a foreign key by itself.
create index identity_session_expires on identity_session (expires_at);

-- The keys that sign tokens, wrapped by the keyring and kept in Base64.
create table identity_token_key (
  kid varchar(64) not null primary key,
  purpose varchar(16) not null,
  version integer not null,
  wrapped_key varchar(8000) not null,
  created_at bigint not null,
  constraint identity_token_key_version unique (purpose, version)
);
