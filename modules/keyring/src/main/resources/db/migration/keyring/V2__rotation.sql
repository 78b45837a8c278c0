-- A key encryption key that another one follows is RETIRING while keys that it wrapped are wrapped
-- anew, and DESTROYED (its wrapped key is empty) when none has needed it for a while. needed_at is
-- when one last did; rewrapped of total keys of the module no longer need it.
alter table keyring_kek add column needed_at timestamp;
alter table keyring_kek add column destroyed_at timestamp;
alter table keyring_kek add column rewrapped bigint default 0 not null;
alter table keyring_kek add column total bigint default 0 not null;

-- Which master key wraps the key encryption keys, and where it is. The provider before it, if the
-- master key was moved and its old store is not yet emptied.
create table keyring_master (
  id smallint not null primary key check (id = 1),
  provider varchar(16) not null,
  version integer not null,
  made_at timestamp not null,
  former_provider varchar(16)
);
insert into keyring_master (id, provider, version, made_at)
  select 1, 'pkcs12', 1, min(created_at) from keyring_kek having count(*) > 0;
