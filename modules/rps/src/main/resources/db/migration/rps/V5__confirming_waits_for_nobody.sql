-- Whoever confirms a package removes the confirmed ones of the same export key, and would otherwise
-- read, and so wait for, those of the same key that are being stored.
drop index rps_sealed_package_fingerprint;
create index rps_sealed_package_fingerprint on rps_sealed_package (fingerprint, attempt);
