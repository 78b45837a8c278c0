create table identity_group (
  id varchar(36) not null primary key,
  name varchar(128) not null,
  name_key varchar(400) not null,
  description varchar(255),
  version bigint not null,
  constraint identity_group_name unique (name_key)
);

create table identity_group_role (
  group_id varchar(36) not null references identity_group (id),
  role_id varchar(36) not null references identity_role (id),
  primary key (group_id, role_id)
);

create table identity_group_member (
  group_id varchar(36) not null references identity_group (id),
  user_id varchar(36) not null references identity_user (id),
  primary key (group_id, user_id)
);

-- What a SAML identity provider's metadata and the administrator say of it; the settings are one
-- JSON object, because nothing but the provider's own view reads them.
create table identity_saml_provider (
  alias varchar(64) not null primary key,
  display_name varchar(255) not null,
  enabled boolean not null,
  settings varchar(32000) not null,
  version bigint not null
);
