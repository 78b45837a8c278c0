-- How many users there are, so that no list has to count them. The number is spread over several rows,
-- because whoever creates or deletes a user holds one of them until the end of the transaction.
create table identity_user_count (
  part smallint not null primary key,
  users bigint not null
);
insert into identity_user_count (part, users) select 0, count(*) from identity_user;
insert into identity_user_count (part, users)
  values (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);
