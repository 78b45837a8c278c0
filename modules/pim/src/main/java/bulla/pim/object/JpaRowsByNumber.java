package bulla.pim.object;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Reads rows by the numbers in one of their columns, with a statement per thousand numbers. A
 * database may compare each row with each number of a list; numbers that lie close together are
 * therefore asked for as a range, of which rows that nobody wants are left out.
 */
public final class JpaRowsByNumber {
  private static final int MOST_PARAMETERS = 1000;

  /** In ranges without gaps alone: of a number that is not wanted there may be any rows. */
  public static final int NO_OTHERS = 1;

  /** In ranges of up to four numbers for each one that is wanted: each has one row at most. */
  public static final int FEW_OTHERS = 4;

  private JpaRowsByNumber() {}

  /**
   * The rows with these numbers.
   *
   * @param select the query up to its condition
   * @param column the attribute that has the number
   * @param number the number of a row
   * @param widest how many numbers there may be in a range for each one that is wanted
   */
  public static <R> List<R> read(
      EntityManager entityManager,
      Class<R> of,
      String select,
      String column,
      ToLongFunction<R> number,
      int widest,
      Collection<Long> numbers) {
    List<Long> wanted = numbers.stream().distinct().sorted().toList();
    List<R> found = new ArrayList<>(wanted.size());
    for (int from = 0; from < wanted.size(); from += MOST_PARAMETERS) {
      List<Long> some = wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size()));
      long least = some.get(0);
      long most = some.get(some.size() - 1);
      if (most - least < (long) widest * some.size()) {
        Set<Long> known = Set.copyOf(some);
        entityManager
            .createQuery(select + " where " + column + " between :least and :most", of)
            .setParameter("least", least)
            .setParameter("most", most)
            .getResultStream()
            .filter(row -> known.contains(number.applyAsLong(row)))
            .forEach(found::add);
      } else {
        found.addAll(
            entityManager
                .createQuery(select + " where " + column + " in :numbers", of)
                .setParameter("numbers", some)
                .getResultList());
      }
    }
    return found;
  }
}
