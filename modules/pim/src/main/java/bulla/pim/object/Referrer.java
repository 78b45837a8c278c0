package bulla.pim.object;

import java.util.Optional;

/** A feature whose objects refer to objects of other features; asked before one is deleted. */
public interface Referrer {
  /**
   * Who refers to the object, in words that finish the sentence "it is used by ...".
   *
   * @param type the kind of the object
   * @param id the number behind its uid
   */
  Optional<String> referrerTo(ObjectType type, long id);
}
