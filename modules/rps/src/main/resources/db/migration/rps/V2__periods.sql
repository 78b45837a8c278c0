-- Packages that expire are sealed anew in each half of their lifetime; 0 for those that do not.
alter table rps_sealed_package add column period bigint not null default 0;
alter table rps_sealed_package drop constraint rps_sealed_package_once;
alter table rps_sealed_package add constraint rps_sealed_package_once
  unique (data_store, serial, fingerprint, algorithm, version, core_version, kid, period);
