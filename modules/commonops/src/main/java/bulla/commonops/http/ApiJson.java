package bulla.commonops.http;

import com.fasterxml.jackson.databind.Module;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one JSON of all APIs, with what their modules add to it. */
@Dependent
class ApiJson {
  @Produces
  @Singleton
  StrictJson json(@Any Instance<Module> modules) {
    return new StrictJson(modules);
  }
}
