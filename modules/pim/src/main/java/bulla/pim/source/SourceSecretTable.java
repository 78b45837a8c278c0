package bulla.pim.source;

import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the passwords of member sources lie, for the rotation of what wraps them. */
@Dependent
class SourceSecretTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "pim";
  }

  @Override
  public String table() {
    return "pim_source_secret";
  }

  @Override
  public String idColumn() {
    return "source_id";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("source_id", "secret_version");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return SourceSecret.context(
        ((Number) values.get(0)).longValue(), ((Number) values.get(1)).intValue());
  }
}
