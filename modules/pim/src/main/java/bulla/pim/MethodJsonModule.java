package bulla.pim;

import bulla.pim.dataelement.MethodReader;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** Teaches the JSON bodies of the APIs the form of protection methods. */
@ApplicationScoped
class MethodJsonModule {
  @Produces
  @Dependent
  Module protectionMethods() {
    return new ProblemsForClients();
  }

  /** The one form of methods; what cannot be read becomes a problem that names the member. */
  private static final class ProblemsForClients extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ProblemsForClients() {
      super("bulla-pim-protection-methods");
      addDeserializer(ProtectionMethod.class, new MethodReader());
    }

    @Override
    public void setupModule(SetupContext context) {
      MethodJson.module().setupModule(context);
      // Registered later, it is asked first.
      super.setupModule(context);
    }
  }
}
