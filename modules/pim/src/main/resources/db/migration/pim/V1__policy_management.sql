-- Names are unique per kind of object whatever their case: name_key is the name in the form in
-- which names are compared. Uids are identity values, so none is ever used twice. Wrapped keys are
-- kept in Base64, because Derby and PostgreSQL have no binary type in common.

-- The one row that says that policy management is initialised. Every change updates it first, so
-- that changes happen one after the other and a deploy sees no half of one.
create table pim_initialization (
  id bigint not null primary key,
  changes bigint not null,
  initialized_at timestamp not null,
  wrapped_key varchar(512) not null,
  constraint pim_initialization_one_row check (id = 1)
);

create table pim_source (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  source_type varchar(16) not null,
  user_file varchar(128) not null,
  group_file varchar(128),
  constraint pim_source_name unique (name_key)
);

create table pim_role (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  role_mode varchar(16) not null,
  allow_all boolean not null,
  constraint pim_role_name unique (name_key)
);

create table pim_role_member (
  id bigint generated always as identity primary key,
  role_id bigint not null references pim_role,
  source_id bigint not null references pim_source,
  member_type varchar(16) not null,
  name varchar(255) not null,
  name_key varchar(765) not null,
  constraint pim_role_member_once unique (role_id, source_id, member_type, name_key)
);

create table pim_mask (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  from_left integer not null,
  from_right integer not null,
  masked boolean not null,
  mask_character varchar(8) not null,
  constraint pim_mask_name unique (name_key)
);

create table pim_data_element (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  method varchar(2000) not null,
  mask_id bigint references pim_mask,
  constraint pim_data_element_name unique (name_key)
);

create table pim_data_element_key (
  id bigint generated always as identity primary key,
  data_element_id bigint not null references pim_data_element,
  key_version integer not null,
  wrapped_key varchar(512) not null,
  created_at timestamp not null,
  constraint pim_data_element_key_version unique (data_element_id, key_version)
);

create table pim_policy (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  access_protect boolean not null,
  access_re_protect boolean not null,
  access_un_protect boolean not null,
  success_protect boolean not null,
  success_re_protect boolean not null,
  success_un_protect boolean not null,
  failed_protect boolean not null,
  failed_re_protect boolean not null,
  failed_un_protect boolean not null,
  constraint pim_policy_name unique (name_key)
);

-- unmasked is the mask "0" of a rule: clear, even where the data element has a mask of its own.
create table pim_rule (
  id bigint generated always as identity primary key,
  version bigint not null,
  policy_id bigint not null references pim_policy,
  role_id bigint not null references pim_role,
  data_element_id bigint not null references pim_data_element,
  mask_id bigint references pim_mask,
  unmasked boolean not null,
  no_access_operation varchar(16) not null,
  access_protect boolean not null,
  access_re_protect boolean not null,
  access_un_protect boolean not null,
  success_protect boolean not null,
  success_re_protect boolean not null,
  success_un_protect boolean not null,
  failed_protect boolean not null,
  failed_re_protect boolean not null,
  failed_un_protect boolean not null,
  constraint pim_rule_once unique (policy_id, role_id, data_element_id)
);

create table pim_data_store (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  default_store boolean not null,
  constraint pim_data_store_name unique (name_key)
);

create table pim_export_key (
  id bigint generated always as identity primary key,
  data_store_id bigint not null references pim_data_store,
  algorithm varchar(16) not null,
  fingerprint varchar(64) not null,
  pem varchar(4000) not null,
  description varchar(255),
  constraint pim_export_key_fingerprint unique (fingerprint)
);

-- What was deployed stays: no reference to the data store, which may be deleted later.
create table pim_deployment (
  id bigint generated always as identity primary key,
  data_store_id bigint not null,
  revision bigint not null,
  deployed_at timestamp not null,
  correlation_id varchar(64) not null,
  seal varchar(64) not null,
  constraint pim_deployment_revision unique (data_store_id, revision)
);

create table pim_deployed_policy (
  id bigint generated always as identity primary key,
  deployment_id bigint not null references pim_deployment,
  policy_id bigint not null,
  constraint pim_deployed_policy_once unique (deployment_id, policy_id)
);

create table pim_deployed_snapshot (
  deployment_id bigint not null primary key references pim_deployment,
  snapshot clob not null
);
