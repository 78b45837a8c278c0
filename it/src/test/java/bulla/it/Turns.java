package bulla.it;

import java.util.ArrayList;
import java.util.List;

/**
 * Combinations of one thing with each of many, in turns: every one of the many has its turn, and no
 * thing is without, yet not all of them meet. A test that lets all meet is tagged {@code slow}.
 */
final class Turns {
  private Turns() {}

  /**
   * One of every {@code many}, beginning at another for each turn; at least one.
   *
   * @param turn the number of the thing that they are for
   * @param many 1 for all
   */
  static <T> List<T> of(List<T> all, int turn, int many) {
    int step = Math.min(many, all.size());
    var some = new ArrayList<T>();
    for (int i = Math.floorMod(-turn, step); i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }
}
