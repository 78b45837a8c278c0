-- Every change updates this row first, so that changes happen one after the other. It is no part of
-- the initialisation any longer, which readers need too: they would wait for the change.
create table pim_change_order (
  id bigint not null primary key,
  changes bigint not null,
  constraint pim_change_order_one_row check (id = 1)
);
insert into pim_change_order (id, changes) values (1, 0);
alter table pim_initialization drop column changes;

-- JSON may need two characters for one of a query.
alter table pim_source alter column settings set data type varchar(32672);

-- The newest deploy of each data store that there is.
create table pim_live_deployment (
  data_store_id bigint not null primary key references pim_data_store on delete cascade,
  deployment_id bigint not null references pim_deployment
);
insert into pim_live_deployment (data_store_id, deployment_id)
  select d.data_store_id, max(d.id) from pim_deployment d
  where d.data_store_id in (select s.id from pim_data_store s) group by d.data_store_id;

-- What a snapshot consists of, so that nobody needs to read a snapshot to find out who refers to an
-- object, and which policies its rules come from. Of deploys from before only the snapshot tells.
create table pim_deployed_element (
  deployment_id bigint not null references pim_deployment,
  data_element_id bigint not null,
  primary key (deployment_id, data_element_id)
);
create table pim_deployed_role (
  deployment_id bigint not null references pim_deployment,
  role_id bigint not null,
  primary key (deployment_id, role_id)
);
alter table pim_deployment add column parts_listed boolean default false not null;
alter table pim_deployed_snapshot add column rule_policies clob;
