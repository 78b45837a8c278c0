-- The newest key of any data element when it was deployed: a package has no newer one, whatever the
-- clocks of the servers say. Keys are numbered in the order in which they were made, because changes
-- happen one after the other.
alter table pim_deployment add column last_key_id bigint default 0 not null;
update pim_deployment set last_key_id = coalesce(
  (select max(k.id) from pim_data_element_key k where k.created_at <= pim_deployment.deployed_at), 0);
