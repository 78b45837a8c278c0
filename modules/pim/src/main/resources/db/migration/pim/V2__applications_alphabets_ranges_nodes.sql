create table pim_application (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  application_name varchar(63) not null,
  application_user varchar(63) not null,
  constraint pim_application_name unique (name_key)
);

-- entries is what was asked for, symbols what came of it when the alphabet was made: which code
-- points Unicode assigns changes from one Java to the next, and tokens must not.
create table pim_alphabet (
  id bigint generated always as identity primary key,
  version bigint not null,
  name varchar(55) not null,
  name_key varchar(220) not null,
  description varchar(255),
  entries clob not null,
  symbols clob not null,
  constraint pim_alphabet_name unique (name_key)
);

create table pim_alphabet_part (
  id bigint generated always as identity primary key,
  alphabet_id bigint not null references pim_alphabet,
  part_id bigint not null references pim_alphabet,
  constraint pim_alphabet_part_once unique (alphabet_id, part_id)
);

-- Addresses as 32 hexadecimal digits, an IPv4 address in its IPv6 form (RFC 4291 section 2.5.5.2),
-- so that the order of texts is the order of addresses.
create table pim_range (
  id bigint generated always as identity primary key,
  data_store_id bigint not null references pim_data_store,
  lowest varchar(32) not null,
  highest varchar(32) not null,
  constraint pim_range_lowest unique (lowest)
);

create table pim_deployed_application (
  id bigint generated always as identity primary key,
  deployment_id bigint not null references pim_deployment,
  application_id bigint not null,
  constraint pim_deployed_application_once unique (deployment_id, application_id)
);

-- Who pulls packages, from where. No reference to the data store, which may be deleted later.
create table pim_node (
  id bigint generated always as identity primary key,
  data_store_id bigint not null,
  address varchar(64) not null,
  user_name varchar(256) not null,
  fingerprint varchar(64) not null,
  revision bigint not null,
  first_pulled_at timestamp not null,
  last_pulled_at timestamp not null,
  constraint pim_node_once unique (data_store_id, address, user_name, fingerprint)
);
