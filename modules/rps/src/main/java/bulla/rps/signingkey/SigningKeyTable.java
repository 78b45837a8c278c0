package bulla.rps.signingkey;

import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the keys that sign packages lie, for the rotation of what wraps them. */
@Dependent
class SigningKeyTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "rps";
  }

  @Override
  public String table() {
    return "rps_signing_key";
  }

  @Override
  public String idColumn() {
    return "generation";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("kid");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return StoredSigningKey.context((String) values.get(0));
  }
}
