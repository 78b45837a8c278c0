package bulla.audit;

import bulla.auditchain.CheckpointKey;
import bulla.database.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * A process that writes entries without end, some threads at a time, seals them, and says on its
 * output which have been committed. Somebody else ends it.
 */
final class KilledWriter {
  private static final int WRITERS = 6;

  private KilledWriter() {}

  /** Begins; the argument is the directory of the database. */
  public static void main(String[] arguments) throws SQLException {
    EmbeddedDataSource source = database(arguments[0]);
    Schema.migrate(source, "audit");
    EntryTable.prepare(source);
    var sealer = new Sealer(source, CheckpointKey.generate(), Clock.systemUTC());
    sealer.begin();
    var numbers = new AtomicLong();
    for (int i = 0; i < WRITERS; i++) {
      new Thread(() -> write(source, numbers)).start();
    }
    while (true) {
      sealer.seal();
    }
  }

  static EmbeddedDataSource database(String directory) {
    var source = new EmbeddedDataSource();
    source.setDatabaseName(directory);
    source.setCreateDatabase("create");
    return source;
  }

  private static void write(EmbeddedDataSource source, AtomicLong numbers) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      while (true) {
        String number = Long.toString(numbers.incrementAndGet());
        EntryTable.add(
            connection,
            Instant.now(),
            new AuditEvent(null, null, "UPDATE", null, number, Outcome.SUCCESS, null, null),
            StateHmacs.NONE);
        connection.commit();
        System.out.println(number);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
