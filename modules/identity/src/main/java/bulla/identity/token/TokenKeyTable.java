package bulla.identity.token;

import bulla.identity.token.TokenKey.Purpose;
import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the keys that sign tokens lie, for the rotation of what wraps them. */
@Dependent
class TokenKeyTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "identity";
  }

  @Override
  public String table() {
    return "identity_token_key";
  }

  @Override
  public String idColumn() {
    return "kid";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("kid", "purpose", "version");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return TokenKeys.context(
        (String) values.get(0),
        Purpose.valueOf((String) values.get(1)),
        ((Number) values.get(2)).intValue());
  }
}
