-- Who does a work that only one server does at a time: a delivery, the archiving. Its owner counts the renewals; whoever sees the
-- count stand still for a while by its own clock takes over.
create table audit_lease (
  name varchar(255) not null primary key,
  owner varchar(36),
  renewal bigint not null
);

-- How far each destination outside has taken the journal: the last entry, and the entry that the last checkpoint names.
create table audit_destination (
  name varchar(255) not null primary key,
  delivered bigint not null,
  checkpointed bigint not null
);

-- Up to which entry the journal lies in archives, signed by the key of the checkpoints.
create table audit_archive (
  seq bigint not null primary key,
  archived_at timestamp not null,
  jws varchar(2048) not null
);
