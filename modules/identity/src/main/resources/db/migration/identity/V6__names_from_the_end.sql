-- For pages of the list of users that are nearer to its end: Derby reads an index forwards alone.
create index identity_user_name_backwards on identity_user (name_key desc);
