package bulla.pim.initialization;

import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the repository key lies, for the rotation of what wraps it. */
@Dependent
class RepositoryKeyTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "pim";
  }

  @Override
  public String table() {
    return "pim_initialization";
  }

  @Override
  public String idColumn() {
    return "id";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("id");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return RepositoryKey.CONTEXT;
  }
}
