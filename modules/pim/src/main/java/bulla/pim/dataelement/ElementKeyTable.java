package bulla.pim.dataelement;

import bulla.keyring.KeyContext;
import bulla.keyring.WrappedKeyTable;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Where the keys of data elements lie, for the rotation of what wraps them. */
@Dependent
class ElementKeyTable implements WrappedKeyTable {
  @Override
  public String module() {
    return "pim";
  }

  @Override
  public String table() {
    return "pim_data_element_key";
  }

  @Override
  public String idColumn() {
    return "id";
  }

  @Override
  public List<String> contextColumns() {
    return List.of("data_element_id", "key_version");
  }

  @Override
  public KeyContext context(List<Object> values) {
    return ElementKey.context(
        ((Number) values.get(0)).longValue(), ((Number) values.get(1)).intValue());
  }
}
