-- Whether the time is the end of a server's lease, which no other one may shorten.
alter table pim_role_synchronization add column leased boolean not null default false;
