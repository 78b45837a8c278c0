-- The client certificates that belong to one user each, by the SHA-256 of their DER form. The
-- certificate itself (DER in Base64) is kept because TLS must know it too.
create table identity_certificate (
  sha256 varchar(64) not null primary key,
  user_id varchar(36) not null references identity_user (id) on delete cascade,
  certificate varchar(8000) not null,
  added_at bigint not null
);
