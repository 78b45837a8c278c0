package bulla.keyring;

import java.util.List;

/**
 * A table in which a module keeps keys that the keyring wrapped, in Base64, in a column {@code
 * wrapped_key}. Each such table needs a bean of this type: without it the keys in it could not be
 * wrapped anew, and so no key encryption key of the module would ever be destroyed.
 *
 * <p>Names are SQL identifiers, constants of the code.
 */
public interface WrappedKeyTable {
  /** The module of the contexts of its keys. */
  String module();

  /** The table's name. */
  String table();

  /** The column of its primary key. */
  String idColumn();

  /** The columns that {@link #context} is made of; at least one. */
  List<String> contextColumns();

  /**
   * The context of the key of a row.
   *
   * @param values what the context columns hold, as JDBC gives them
   */
  KeyContext context(List<Object> values);
}
