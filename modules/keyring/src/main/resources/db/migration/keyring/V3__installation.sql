-- A random name for what this database belongs to, made at the next start: several installations
-- may keep their master keys in one token. Empty where none was made yet, and for good where the
-- keys lie in a token under names without it.
alter table keyring_master add column installation varchar(16) default '' not null;
