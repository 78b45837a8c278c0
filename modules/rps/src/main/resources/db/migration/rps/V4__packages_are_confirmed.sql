-- A package is large: it is stored as one of several attempts, and confirmed in a short transaction
-- (0), so that changes of policies do not wait for it. What was never confirmed serves nobody.
alter table rps_sealed_package add column attempt bigint not null default 0;
alter table rps_sealed_package drop constraint rps_sealed_package_once;
alter table rps_sealed_package add constraint rps_sealed_package_once unique
  (data_store, serial, fingerprint, algorithm, version, core_version, kid, period, attempt);
-- Without them, whoever removes some would read all rows, and wait for those that are being stored.
create index rps_sealed_package_attempt on rps_sealed_package (attempt, kid);
create index rps_sealed_package_fingerprint on rps_sealed_package (fingerprint);
