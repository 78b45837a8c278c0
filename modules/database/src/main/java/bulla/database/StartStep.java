package bulla.database;

/**
 * Something that a module does when the application starts: open its keys, add what it ships with.
 * The tables are up to date by then ({@link Migrations}). The steps of all modules run one after
 * the other in their order, in a thread of their own beside the start of the WARs, before the first
 * request. (The container's own start-up event keeps no order between the jars of an EAR.)
 *
 * <p>A step that throws stops the application from starting.
 */
public interface StartStep {
  /**
   * When this step runs; lower ones first. The hundreds belong to the modules: keyring 100, audit
   * 200, commonops 300, identity 400, pim 500, rps 600.
   */
  int order();

  /** Does it. Runs again at every start. */
  void start();
}
