package bulla.protection;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;

/** The tables of one element, so that their memory can be told. */
final class ElementTables {
  private final TableMemory memory;
  private final List<Table> tables = new CopyOnWriteArrayList<>();
  private final AtomicLong most = new AtomicLong();

  ElementTables(TableMemory memory) {
    this.memory = memory;
  }

  /**
   * @param blocks those that the table replaces
   * @param together how many tables of this size a value needs at the same time, this among them
   */
  Table table(SecretKeySpec key, BlockParts blocks, int together) {
    var table = new Table(key, blocks, together, memory);
    tables.add(table);
    return table;
  }

  /** Notes that the element can come to need so many tables of this size. */
  void expect(int count, int size) {
    // Each has two directions.
    most.addAndGet(2L * count * TableMemory.bytesOf(size));
  }

  /** The bytes that the tables take now. */
  long bytes() {
    return tables.stream().mapToLong(Table::bytes).sum();
  }

  /** The bytes that all tables that can come to be needed would take together. */
  long mostBytes() {
    return most.get();
  }
}
