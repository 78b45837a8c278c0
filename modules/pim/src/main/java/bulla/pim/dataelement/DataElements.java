package bulla.pim.dataelement;

import bulla.protection.ElementKeys;
import bulla.resilientpackage.policy.DataElement;
import java.time.Instant;
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
   * The keys of these data elements by their uids; an element without a key is absent. The caller
   * closes each of them after use.
   *
   * @param until without the keys that were made later
   * @throws bulla.keyring.KeyringException if a key does not open
   */
  Map<String, ElementKeys> openKeys(Collection<Long> ids, Instant until);

  /** When the newest key of each of these data elements was made; one statement per thousand. */
  Map<Long, Instant> newestKeys(Collection<Long> ids);
}
