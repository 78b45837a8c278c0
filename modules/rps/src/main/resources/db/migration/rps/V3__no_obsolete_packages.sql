-- Packages of earlier deploys, and for export keys that were removed, were kept. All are sealed
-- anew when somebody asks for them, with the serials that they had.
delete from rps_sealed_package;
