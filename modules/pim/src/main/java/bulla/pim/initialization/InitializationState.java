package bulla.pim.initialization;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether policy management is initialised. Once it is, it stays so, and nobody asks again. */
@ApplicationScoped
class InitializationState {
  private InitializationRepository repository;
  private volatile boolean initialized;

  /** For CDI. */
  protected InitializationState() {}

  @Inject
  InitializationState(InitializationRepository repository) {
    this.repository = repository;
  }

  boolean isInitialized() {
    if (!initialized) {
      initialized = repository.find().isPresent();
    }
    return initialized;
  }
}
