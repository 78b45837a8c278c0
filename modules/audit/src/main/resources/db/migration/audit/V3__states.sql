-- HMAC-SHA-256 of an object's state before and after a change, in hexadecimal; absent where there was no such state.
alter table audit_entry add column before_hmac varchar(64);
alter table audit_entry add column after_hmac varchar(64);

-- The key of these HMACs, wrapped by the keyring, in Base64.
create table audit_state_key (
  version int not null primary key,
  wrapped_key varchar(512) not null,
  created_at timestamp not null
);
