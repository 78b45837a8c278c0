package bulla.keyring;

import bulla.keyring.KeyEncryptionKey.State;
import bulla.secrets.SecretBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Wraps the keys that modules have stored with the newest key encryption key of the module, some at
 * a time, and destroys the keys before it when nothing needs them any more. It can be interrupted
 * at any moment, and several servers may do it at once: a stored key is replaced only where it is
 * still what was read.
 */
final class Rewrapping {
  private static final System.Logger LOG = System.getLogger("bulla.keyring");
  private static final int BATCH = 100;

  private final ModuleKeys keys;
  private final KeyDatabase database;
  private final List<WrappedKeyTable> tables;
  private final Duration grace;
  private final Consumer<KeyDestroyed> destroyed;
  private final Clock clock;

  /**
   * @param tables all tables in which modules keep wrapped keys
   * @param grace how long nothing must have needed a key before it is destroyed: longer than a
   *     server goes on wrapping with it ({@link ModuleKeys#FRESH}) and a transaction with what it
   *     wrapped takes to commit
   * @param destroyed is told, in the transaction, what is destroyed
   */
  Rewrapping(
      ModuleKeys keys,
      KeyDatabase database,
      List<WrappedKeyTable> tables,
      Duration grace,
      Consumer<KeyDestroyed> destroyed,
      Clock clock) {
    this.keys = keys;
    this.database = database;
    this.tables = List.copyOf(tables);
    this.grace = grace;
    this.destroyed = destroyed;
    this.clock = clock;
  }

  /**
   * Goes once through all stored keys of the modules whose key encryption key was followed by
   * another one; does next to nothing where there are none.
   *
   * @throws KeyringException if a table with wrapped keys is none of the known ones, because
   *     nothing may be destroyed then, or the database fails
   */
  void pass() {
    Instant started = clock.instant();
    Map<String, List<KeyEncryptionKey>> retiring = retiring();
    if (retiring.isEmpty()) {
      return;
    }
    database.inOwnTransaction(
        connection -> {
          requireKnownTables(connection);
          return null;
        });
    retiring.forEach(
        (module, older) -> {
          Tally tally = rewrap(module);
          if (tally.stale == 0 && tally.broken == 0) {
            older.stream()
                .filter(key -> !key.neededAt().plus(grace).isAfter(started))
                .forEach(this::destroy);
          }
        });
  }

  private Map<String, List<KeyEncryptionKey>> retiring() {
    var found = new TreeMap<String, List<KeyEncryptionKey>>();
    for (KeyEncryptionKey key : database.inOwnTransaction(KeyEncryptionKeyTable::all)) {
      if (key.state() == State.RETIRING) {
        found.computeIfAbsent(key.module(), module -> new ArrayList<>()).add(key);
      }
    }
    return found;
  }

  /** What a pass through the tables of a module has met. */
  private static final class Tally {
    /** Keys that an older key encryption key had wrapped. */
    long stale;

    /** Keys that do not open, and stay as they are. */
    long broken;

    /** Keys that the newest one wraps by now. */
    long done;
  }

  private Tally rewrap(String module) {
    int newest = newest(module);
    long total = 0;
    for (WrappedKeyTable table : tablesOf(module)) {
      total += database.inOwnTransaction(connection -> count(connection, table));
    }
    var tally = new Tally();
    for (WrappedKeyTable table : tablesOf(module)) {
      Object after = null;
      do {
        Object from = after;
        long all = total;
        after =
            database.inOwnTransaction(
                connection -> {
                  long staleBefore = tally.stale;
                  Object last = batch(connection, table, from, newest, tally);
                  KeyEncryptionKeyTable.progress(
                      connection,
                      module,
                      tally.done,
                      Math.max(all, tally.done),
                      tally.stale > staleBefore ? clock.instant() : null);
                  return last;
                });
      } while (after != null);
    }
    if (tally.broken > 0) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} stored keys of {1} do not open; the key encryption keys before the newest are kept for them",
          tally.broken,
          module);
    }
    return tally;
  }

  private int newest(String module) {
    keys.refresh();
    return database.inOwnTransaction(KeyEncryptionKeyTable::all).stream()
        .filter(key -> key.module().equals(module) && key.state() == State.ACTIVE)
        .mapToInt(KeyEncryptionKey::version)
        .max()
        .orElseThrow(
            () -> new KeyringException("No key encryption key of %s is active".formatted(module)));
  }

  /** One row of a table with wrapped keys. */
  private record Stored(Object id, String wrappedKey, KeyContext context) {}

  /**
   * Wraps those of the next rows after {@code after} that need it.
   *
   * @return the last row's id; null where that was the end of the table
   */
  private Object batch(
      Connection connection, WrappedKeyTable table, Object after, int newest, Tally tally)
      throws SQLException {
    List<Stored> rows = next(connection, table, after);
    try (PreparedStatement update =
        connection.prepareStatement(
            "update %s set wrapped_key = ? where %s = ? and wrapped_key = ?"
                .formatted(table.table(), table.idColumn()))) {
      for (Stored row : rows) {
        try {
          byte[] wrapped = Base64.getDecoder().decode(row.wrappedKey());
          if (WrappedKey.parse(wrapped).wrappingVersion() < newest) {
            tally.stale++;
            try (SecretBytes key = keys.unwrap(row.context(), wrapped)) {
              wrapped = keys.wrap(row.context(), key);
            }
            update.setString(1, Base64.getEncoder().encodeToString(wrapped));
            update.setObject(2, row.id());
            update.setString(3, row.wrappedKey());
            update.executeUpdate();
          }
          tally.done++;
        } catch (KeyringException | IllegalArgumentException altered) {
          tally.broken++;
        }
      }
    }
    return rows.size() < BATCH ? null : rows.get(rows.size() - 1).id();
  }

  private static List<Stored> next(Connection connection, WrappedKeyTable table, Object after)
      throws SQLException {
    String columns = String.join(", ", table.contextColumns());
    try (PreparedStatement select =
        connection.prepareStatement(
            "select %s, wrapped_key, %s from %s%s order by %1$s fetch first %d rows only"
                .formatted(
                    table.idColumn(),
                    columns,
                    table.table(),
                    after == null ? "" : " where " + table.idColumn() + " > ?",
                    BATCH))) {
      if (after != null) {
        select.setObject(1, after);
      }
      var found = new ArrayList<Stored>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          var values = new ArrayList<Object>();
          for (int i = 0; i < table.contextColumns().size(); i++) {
            values.add(rows.getObject(3 + i));
          }
          found.add(new Stored(rows.getObject(1), rows.getString(2), table.context(values)));
        }
      }
      return found;
    }
  }

  private static long count(Connection connection, WrappedKeyTable table) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select count(*) from " + table.table());
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void destroy(KeyEncryptionKey key) {
    boolean done =
        database.inOwnTransaction(
            connection -> {
              if (!KeyEncryptionKeyTable.destroy(connection, key, clock.instant())) {
                return false;
              }
              destroyed.accept(new KeyDestroyed(key.module(), key.version()));
              return true;
            });
    if (done) {
      LOG.log(
          System.Logger.Level.INFO,
          "The key encryption key {0} of {1} is destroyed; nothing needs it any more",
          key.version(),
          key.module());
    }
  }

  private List<WrappedKeyTable> tablesOf(String module) {
    return tables.stream().filter(table -> table.module().equals(module)).toList();
  }

  private void requireKnownTables(Connection connection) throws SQLException {
    Set<String> known = new HashSet<>(Set.of("keyring_kek"));
    tables.forEach(table -> known.add(table.table()));
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), null, null)) {
      while (columns.next()) {
        String table = columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (columns.getString("COLUMN_NAME").equalsIgnoreCase("wrapped_key")
            && !known.contains(table)) {
          throw new KeyringException(
              "The table %s holds wrapped keys that nothing wraps anew".formatted(table));
        }
      }
    }
  }
}
