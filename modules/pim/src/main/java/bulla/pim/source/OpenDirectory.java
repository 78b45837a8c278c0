package bulla.pim.source;

import java.util.List;
import java.util.function.Predicate;

/** A source to which there is a connection, and which has accepted the account that reads it. */
interface OpenDirectory extends AutoCloseable {
  /**
   * All users, as the source spells them.
   *
   * @throws UnreadableSourceException where they cannot be read
   */
  List<String> users() throws UnreadableSourceException;

  /**
   * All groups, each with its members as the source spells them; several may have the same name.
   *
   * @param wanted whether the members of a group are needed; without it they may be left out
   * @throws UnreadableSourceException where they cannot be read
   */
  List<SourceGroup> groups(Predicate<String> wanted) throws UnreadableSourceException;

  @Override
  void close();
}
