package bulla.pim.dataelement;

import bulla.protection.ElementKeys;
import bulla.resilientpackage.policy.DataElement;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The data elements, for the features that refer to them. */
public interface DataElements {
  /**
   * The data element that a member of a request names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is no such data element
   */
  DataElement referenced(String uid, String member);

  /** These data elements, in the order of their uids; one statement per thousand. */
  List<DataElement> definitions(Collection<Long> ids);

  /**
   * The keys of these data elements by their uids, without those that were destroyed; an element
   * without a key is absent. The caller closes each of them after use.
   *
   * @param lastKeyId without the keys that were made after this one
   * @throws bulla.keyring.KeyringException if a key does not open
   */
  Map<String, ElementKeys> openKeys(Collection<Long> ids, long lastKeyId);

  /**
   * The id of the newest key of each of these data elements; one statement per thousand. Ids rise
   * in the order in which keys are made, of whatever data element.
   */
  Map<Long, Long> newestKeys(Collection<Long> ids);

  /** The id of the newest key of all; 0 where there is none. */
  long newestKeyId();

  /**
   * The number, among those of its data element, of the key that protects where there are no newer
   * keys than one; 0 where there is none.
   *
   * @param lastKeyId the id of the newest key
   */
  int protectingKey(long id, long lastKeyId);

  /**
   * Gives a key that the path names another state, within a change that has begun.
   *
   * @param keyId the number of the key among those of its data element
   * @throws bulla.commonops.problem.Problem 404 where there is no such key, 409 ({@code KEY_STATE})
   *     where it cannot take the state
   */
  ElementKeyView changeKey(String uid, String keyId, ElementKeyState wanted);
}
