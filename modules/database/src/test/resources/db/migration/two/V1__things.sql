create table two_thing (id int);
