package bulla.audit;

import bulla.auditchain.CheckpointKey;
import bulla.database.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * {@code ./bulla bench audit}: changes with their journal entries, written by several threads into
 * Derby on the disk as the services write them, while the chain is made behind them. It lies in the
 * journal's package, because nobody else writes entries without a container.
 */
public final class WriteBench {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  private final EmbeddedDataSource source = new EmbeddedDataSource();

  private WriteBench(Path database) {
    source.setDatabaseName(database.toString());
    source.setCreateDatabase("create");
  }

  /**
   * Runs it.
   *
   * @param directory where the database is made and removed again: its disk is part of what is
   *     measured
   * @param writers how many threads write
   */
  public static void run(Path directory, int writers)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Path database = Files.createTempDirectory(Files.createDirectories(directory), "bulla-audit");
    System.setProperty("derby.stream.error.file", database.resolve("derby.log").toString());
    // As in the server.
    System.setProperty("derby.storage.indexStats.auto", "false");
    try {
      new WriteBench(database.resolve("database")).measure(writers);
    } finally {
      try (var files = Files.walk(database)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void measure(int writers) throws SQLException, InterruptedException, ExecutionException {
    Schema.migrate(source, "audit");
    EntryTable.prepare(source);
    try (Connection connection = source.getConnection();
        var create = connection.createStatement()) {
      create.execute(
          "create table bench_object (id bigint generated always as identity primary key,"
              + " name varchar(64) not null)");
    }
    var sealer = new Sealer(source, CheckpointKey.generate(), Clock.systemUTC());
    sealer.begin();
    var failure = new AtomicReference<SQLException>();
    ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      var sealing =
          background.scheduleWithFixedDelay(
              () -> seal(sealer, failure), 0, 500, TimeUnit.MILLISECONDS);
      write(threads, writers, WARM_UP);
      long begin = System.nanoTime();
      long[] nanos = write(threads, writers, MEASURED);
      double seconds = (System.nanoTime() - begin) / 1e9;
      sealing.cancel(false);
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "%d writers: %,.0f changes/s, median %.2f ms, 99 %% %.2f ms, longest %.0f ms; %,d entries"
              + " waited for the chain at the end%n",
          writers,
          nanos.length / seconds,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) (nanos.length * 99L / 100)] / 1e6,
          nanos[nanos.length - 1] / 1e6,
          waiting());
      if (failure.get() != null) {
        throw failure.get();
      }
    } finally {
      threads.shutdownNow();
      background.shutdownNow();
      background.awaitTermination(1, TimeUnit.MINUTES);
      shutDown();
    }
  }

  private static void seal(Sealer sealer, AtomicReference<SQLException> failure) {
    try {
      while (sealer.seal() > 0) {
        if (Thread.interrupted()) {
          return;
        }
      }
    } catch (SQLException failed) {
      failure.set(failed);
    }
  }

  private long[] write(ExecutorService threads, int writers, Duration time)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    List<Callable<long[]>> work = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String name = "officer-" + writer;
      work.add(() -> writeUntil(end, name));
    }
    var all = LongStream.builder();
    for (Future<long[]> done : threads.invokeAll(work)) {
      for (long nanos : done.get()) {
        all.add(nanos);
      }
    }
    return all.build().toArray();
  }

  private long[] writeUntil(long end, String actor) throws SQLException {
    var nanos = LongStream.builder();
    try (Connection connection = source.getConnection();
        PreparedStatement change =
            connection.prepareStatement("insert into bench_object (name) values (?)")) {
      connection.setAutoCommit(false);
      for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
        change.setString(1, actor);
        change.executeUpdate();
        EntryTable.add(
            connection,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            new AuditEvent(
                actor,
                "192.0.2.17",
                "UPDATE",
                "policies/rules",
                "17",
                Outcome.SUCCESS,
                "generated: rule of role support and element DE_CARD; before: masked",
                "0a1b2c3d-0000-4000-8000-000000000000"),
            StateHmacs.NONE);
        connection.commit();
        nanos.add(System.nanoTime() - begin);
      }
    }
    return nanos.build().toArray();
  }

  private long waiting() throws SQLException {
    try (Connection connection = source.getConnection();
        var count = connection.createStatement();
        var row = count.executeQuery("select count(*) from audit_pending")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void shutDown() {
    source.setCreateDatabase(null);
    source.setShutdownDatabase("shutdown");
    try {
      source.getConnection().close();
    } catch (SQLException down) {
      // 08006 is how Derby says that it has done so.
      if (!"08006".equals(down.getSQLState())) {
        throw new IllegalStateException("The database does not shut down", down);
      }
    }
  }
}
