package bulla.audit;

import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the key of the HMACs of states lies, for the rotation of what wraps it. */
@Dependent
class StateKeyTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "audit";
  }

  @Override
  public String table() {
    return "audit_state_key";
  }

  @Override
  public String idColumn() {
    return "version";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("version");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return StateKeys.CONTEXT;
  }
}
