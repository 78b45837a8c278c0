-- Rows are only ever added. The sequence of the journal is the id; it may have gaps where a change
-- was rolled back.
create table audit_entry (
  id bigint generated always as identity primary key,
  happened_at timestamp not null,
  actor varchar(256),
  address varchar(64),
  action varchar(128) not null,
  object_type varchar(64),
  object_id varchar(256),
  outcome varchar(16) not null,
  detail varchar(1024),
  correlation_id varchar(64)
);
create index audit_entry_happened_at on audit_entry (happened_at);
