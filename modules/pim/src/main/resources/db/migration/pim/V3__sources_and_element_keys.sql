-- A source's connection is one JSON object, without its password. What the columns before held was
-- plain file names, in which nothing needs to be escaped.
alter table pim_source add column settings varchar(16000) default '{}' not null;
update pim_source set settings = '{"userFile":"' || user_file || '","groupFile":"' || group_file || '"}'
  where group_file is not null;
update pim_source set settings = '{"userFile":"' || user_file || '"}' where group_file is null;
alter table pim_source drop column user_file;
alter table pim_source drop column group_file;

create table pim_source_secret (
  source_id bigint not null primary key references pim_source,
  secret_version integer not null,
  wrapped_key varchar(2000) not null
);

-- The one row that says when the members of automatic roles are synchronised next: the server that
-- moves the time on is the one that does it.
create table pim_role_synchronization (
  id bigint not null primary key,
  next_at timestamp not null,
  constraint pim_role_synchronization_one_row check (id = 1)
);
insert into pim_role_synchronization (id, next_at) values (1, cast('1970-01-01 00:00:00' as timestamp));

-- The keys of an element that names them in its values have numbers and states.
alter table pim_data_element_key add column key_state varchar(16) default 'ACTIVE' not null;
alter table pim_data_element_key add column state_at timestamp;
