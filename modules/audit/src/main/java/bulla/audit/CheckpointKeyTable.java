package bulla.audit;

import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the private halves of the checkpoint keys lie, for the rotation of what wraps them. */
@Dependent
class CheckpointKeyTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "audit";
  }

  @Override
  public String table() {
    return "audit_key";
  }

  @Override
  public String idColumn() {
    return "kid";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("kid");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return CheckpointKeys.context((String) values.get(0));
  }
}
