-- The hashes of the passwords that a user had before, the last one first, each followed by a line
-- feed: in the user's own row, so that a change of the password stays one update.
alter table identity_user add column former_passwords varchar(8000);
