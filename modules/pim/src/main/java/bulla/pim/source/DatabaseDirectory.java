package bulla.pim.source;

import bulla.commonops.outbound.HostLookup;
import bulla.commonops.outbound.RefusedHostException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads tables over JDBC: with the driver of the vendor and no other, on a connection that is
 * read-only and rolled back, a bounded number of rows in a bounded time.
 */
final class DatabaseDirectory implements MemberDirectory {
  private static final Logger LOG = Logger.getLogger("bulla.pim.source");
  private static final int FETCH = 1000;

  /** In bytes: what is cut here is too long for a name anyway. */
  private static final int LONGEST_FIELD = 4 * (MemberNames.LONGEST + 1);

  private final HostLookup hosts;
  private final Function<DatabaseVendor, Optional<Driver>> drivers;
  private final Executor hangingUp;

  /**
   * @param drivers finds the driver of a vendor, where it is installed
   * @param hangingUp ends connections that nobody waits for any longer, which drivers may wait over
   */
  DatabaseDirectory(
      HostLookup hosts, Function<DatabaseVendor, Optional<Driver>> drivers, Executor hangingUp) {
    this.hosts = hosts;
    this.drivers = drivers;
    this.hangingUp = hangingUp;
  }

  @Override
  public OpenDirectory open(SourceConnection source, String secret, Deadline deadline)
      throws UnreadableSourceException {
    Driver driver =
        drivers
            .apply(source.vendor())
            .orElseThrow(
                () ->
                    new UnreadableSourceException(
                        SourceStep.CONNECTION,
                        "The JDBC driver of "
                            + source.vendor()
                            + " is not installed; the setting BULLA_SOURCE_DRIVERS names the"
                            + " directory of drivers"));
    requireAllowed(source);
    try {
      hosts.addresses(source.host(), deadline.left());
    } catch (RefusedHostException refused) {
      throw RefusedHosts.told(refused, deadline);
    }
    try {
      Connection connection =
          driver.connect(
              source
                  .vendor()
                  .url(source.host(), source.port(), source.dsn(), source.givenProperties()),
              properties(source, secret, deadline));
      if (connection == null) {
        throw new UnreadableSourceException(
            SourceStep.CONNECTION, "The driver does not know the database");
      }
      deadline.hangUpWith(() -> abort(connection));
      return opened(connection, source, deadline);
    } catch (SQLException refused) {
      deadline.require(SourceStep.CONNECTION);
      throw isRefusal(source.vendor(), refused)
          ? new UnreadableSourceException(
              SourceStep.AUTHENTICATION, "The database does not accept the account" + told(refused))
          : new UnreadableSourceException(
              SourceStep.CONNECTION, "No connection to the database" + told(refused));
    }
  }

  /** A source that was stored before a rule was made would go on without it. */
  private static void requireAllowed(SourceConnection source) throws UnreadableSourceException {
    for (var property : source.givenProperties().entrySet()) {
      if (!source.vendor().properties().contains(property.getKey())
          || !source.vendor().takes(property.getKey(), property.getValue())) {
        throw new UnreadableSourceException(
            SourceStep.CONNECTION,
            "Its property '"
                + property.getKey()
                + "' is no longer allowed as it is set; change the source");
      }
    }
  }

  private void abort(Connection connection) {
    try {
      connection.abort(hangingUp);
    } catch (SQLException | RejectedExecutionException failed) {
      LOG.log(Level.FINE, "A connection to a member source cannot be ended", failed);
    }
  }

  private static OpenDirectory opened(
      Connection connection, SourceConnection source, Deadline deadline) throws SQLException {
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      return new Open(connection, source, deadline);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  private static Properties properties(SourceConnection source, String secret, Deadline deadline) {
    var properties = new Properties();
    if (source.vendor().isTls(source.givenProperties())) {
      properties.putAll(source.vendor().tls());
    }
    properties.putAll(source.vendor().timeouts(deadline.leftSeconds()));
    properties.putAll(source.givenProperties());
    properties.setProperty("user", source.userName());
    properties.setProperty("password", secret);
    return properties;
  }

  /** Class 28 of SQLSTATE (ISO/IEC 9075), and what Derby says instead. */
  private static boolean isRefusal(DatabaseVendor vendor, SQLException refused) {
    String state = refused.getSQLState();
    return refused instanceof SQLInvalidAuthorizationSpecException
        || (state != null
            && (state.startsWith("28")
                || (vendor == DatabaseVendor.DERBY && state.equals("08004"))));
  }

  /** The state, and never the text of the database. */
  private static String told(SQLException refused) {
    String state = refused.getSQLState();
    return state != null && state.matches("[0-9A-Z]{5}") ? " (SQLSTATE " + state + ")" : "";
  }

  private static final class Open implements OpenDirectory {
    private final Connection connection;
    private final SourceConnection source;
    private final Deadline deadline;

    Open(Connection connection, SourceConnection source, Deadline deadline) {
      this.connection = connection;
      this.source = source;
      this.deadline = deadline;
    }

    @Override
    public List<String> users() throws UnreadableSourceException {
      List<String> users = new ArrayList<>();
      rows(SourceStep.USERS, source.usersQuery(), 1, row -> add(users, row[0]));
      return users;
    }

    @Override
    public List<SourceGroup> groups(Predicate<String> wanted) throws UnreadableSourceException {
      Map<String, List<String>> groups = new LinkedHashMap<>();
      if (source.groupsQuery() != null) {
        rows(
            SourceStep.GROUPS,
            source.groupsQuery(),
            2,
            row -> {
              if (MemberNames.isUsable(row[0])) {
                add(groups.computeIfAbsent(row[0], any -> new ArrayList<>()), row[1]);
              }
            });
      }
      return SourceGroup.of(groups);
    }

    private static void add(List<String> names, String name) {
      if (MemberNames.isUsable(name)) {
        names.add(name);
      }
    }

    private void rows(SourceStep step, String query, int columns, Row each)
        throws UnreadableSourceException {
      deadline.require(step);
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(deadline.leftSeconds());
        statement.setMaxRows(MemberNames.MOST + 1);
        statement.setMaxFieldSize(LONGEST_FIELD);
        statement.setFetchSize(FETCH);
        try (ResultSet rows = statement.executeQuery(query)) {
          if (rows.getMetaData().getColumnCount() != columns) {
            throw new UnreadableSourceException(
                step, "The query must have " + columns + (columns == 1 ? " column" : " columns"));
          }
          int count = 0;
          while (rows.next()) {
            MemberNames.requireFew(step, ++count);
            if (count % FETCH == 0) {
              deadline.require(step);
            }
            var row = new String[columns];
            for (int i = 0; i < columns; i++) {
              String text = rows.getString(i + 1);
              if (text != null && deadline.exceeds(text.length())) {
                deadline.require(step);
              }
              // CHAR columns are filled with blanks.
              row[i] = text == null ? null : text.strip();
            }
            each.take(row);
          }
        }
      } catch (SQLException refused) {
        deadline.require(step);
        throw new UnreadableSourceException(
            step, "The database does not answer the query" + told(refused));
      }
    }

    @Override
    public void close() {
      try (connection) {
        connection.rollback();
      } catch (SQLException gone) {
        // What is read has been read, and the other side has rolled back by itself.
      }
    }

    /** Takes one row. */
    private interface Row {
      void take(String[] row);
    }
  }
}
