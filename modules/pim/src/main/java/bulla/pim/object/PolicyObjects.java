package bulla.pim.object;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The stored objects of one kind.
 *
 * @param <T> their class
 */
public interface PolicyObjects<T extends PolicyObject> {
  /** What kind of objects these are. */
  ObjectType type();

  /** All of them, in the order of their uids; one statement. */
  List<T> list();

  /**
   * Those that a client asks for: all of them where {@code name} is null, and else the one with
   * that name, apart from its case.
   */
  default List<T> list(String name) {
    if (name == null) {
      return list();
    }
    return name.length() > ObjectName.LONGEST ? List.of() : findNamed(name).stream().toList();
  }

  /** Those of them that exist, in no order; one statement per thousand. */
  List<T> findAll(Collection<Long> ids);

  /** The object with this number. */
  Optional<T> find(long id);

  /** The object with this name, apart from its case. */
  Optional<T> findNamed(String name);

  /** Stores a new object, which has a uid when this returns. */
  void add(T object);

  /**
   * Writes what changed, so that the version of {@code object} is the one that will be committed.
   */
  void write(T object);

  /** Removes a stored object. */
  void remove(T object);

  /** The object with this uid, if there is one. */
  default Optional<T> find(String uid) {
    var number = Uid.number(uid);
    return number.isPresent() ? find(number.getAsLong()) : Optional.empty();
  }

  /**
   * The object that the path names.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is none
   */
  default T get(String uid) {
    return find(uid).orElseThrow(() -> type().notFound(uid));
  }

  /**
   * The object that a member of the body names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is none
   */
  default T referenced(String uid, String member) {
    return find(uid).orElseThrow(() -> type().unknown(uid, member));
  }

  /**
   * The numbers of the objects that a list in the body names, ascending; one statement per
   * thousand.
   *
   * @param list the member of the body that is the list
   * @throws bulla.commonops.problem.Problem 400 where one of them does not exist or is named twice
   */
  default List<Long> allReferenced(List<String> uids, String list) {
    Set<Long> existing =
        findAll(uids.stream().flatMapToLong(uid -> Uid.number(uid).stream()).boxed().toList())
            .stream()
            .map(PolicyObject::id)
            .collect(Collectors.toSet());
    Set<Long> named = new TreeSet<>();
    for (int i = 0; i < uids.size(); i++) {
      String member = list + "[" + i + "]";
      long number = Uid.number(uids.get(i)).orElse(0);
      if (!existing.contains(number)) {
        throw type().unknown(uids.get(i), member);
      }
      if (!named.add(number)) {
        throw PimProblem.REPEATED.because(
            type().label() + " '" + number + "' is in the list twice", member);
      }
    }
    return List.copyOf(named);
  }

  /**
   * Makes sure that a new object may have this name.
   *
   * @throws bulla.commonops.problem.Problem 409 where another one has it, whatever its case
   */
  default void requireFree(String name) {
    if (findNamed(name).isPresent()) {
      throw taken(name);
    }
  }

  /**
   * Makes sure that {@code object} may have this name.
   *
   * @throws bulla.commonops.problem.Problem 409 where another one has it, whatever its case
   */
  default void requireFree(String name, T object) {
    if (findNamed(name).filter(other -> other.id() != object.id()).isPresent()) {
      throw taken(name);
    }
  }

  private RuntimeException taken(String name) {
    return PimProblem.ALREADY_EXISTS.because(
        type().label() + " '" + name + "' already exists (names are compared without case)",
        type().nameMember());
  }
}
