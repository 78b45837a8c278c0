-- The journal's name and how far its chain has come: one row, made when the server first starts.
create table audit_journal (
  id smallint not null primary key check (id = 1),
  name varchar(36) not null,
  length bigint not null,
  hash varchar(64) not null
);

-- Entries that no link of the chain has yet. Written with the entry, in its transaction.
create table audit_pending (
  entry_id bigint not null primary key
);
insert into audit_pending (entry_id) select id from audit_entry;

-- The chain: which entry is at which place, and the hash after it.
create table audit_link (
  seq bigint not null primary key,
  entry_id bigint not null unique,
  hash varchar(64) not null
);

create table audit_checkpoint (
  seq bigint not null primary key,
  made_at timestamp not null,
  jws varchar(2048) not null
);

-- Ed25519 key pairs that sign checkpoints: the public half in hexadecimal, the private one wrapped by the keyring, in Base64.
create table audit_key (
  kid varchar(43) not null primary key,
  public_key varchar(64) not null,
  wrapped_key varchar(512) not null,
  created_at timestamp not null
);
