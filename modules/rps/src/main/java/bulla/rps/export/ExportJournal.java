package bulla.rps.export;

/** Where it is recorded that a package was handed out. */
interface ExportJournal {
  /** Records in the current transaction that the caller gets this package. */
  void exported(PackageId id);
}
