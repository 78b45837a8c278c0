create table one_thing (id int); insert into one_thing values (1);
