package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What callers and readers of logs know a code by. A number or a text that changes here breaks
 * their programs: the numbers are those of the published security log.
 */
class ReturnCodeTest {
  private static final String PUBLISHED =
      """
      0 | INTERNAL | Internal use, not audited.
      1 | USER_NOT_IN_POLICY | The username could not be found in the policy.
      2 | ELEMENT_NOT_IN_POLICY | The data element could not be found in the policy.
      3 | NO_PERMISSION | The user does not have the appropriate permissions to perform the requested operation.
      4 | TWEAK_NULL | The tweak is null.
      5 | INTEGRITY_CHECK_FAILED | Integrity check failed.
      6 | PROTECTED | Data protect operation was successful.
      7 | PROTECT_FAILED | Data protect operation failed.
      8 | UNPROTECTED | Data unprotect operation was successful.
      9 | UNPROTECT_FAILED | Data unprotect operation failed.
      10 | ACCESS_ALLOWED | The access was checked and is allowed; nothing was done.
      11 | UNPROTECTED_WITH_INACTIVE_KEY | Data unprotect operation was successful with an inactive key.
      12 | INPUT_OUT_OF_LIMITS | The input is null or not within the allowed limits.
      13 | INTERNAL_ERROR | Internal error after the provider was opened.
      14 | DATA_KEY_NOT_LOADED | The data encryption key could not be loaded.
      15 | TWEAK_TOO_LONG | The tweak is too long.
      16 | EXTERNAL_IV_UNSUPPORTED | The external IV is not supported in this version.
      17 | INITIALIZATION_FAILED | The protector could not be initialized.
      19 | TWEAK_ACTION_UNSUPPORTED | The action on the tweak is not supported.
      20 | OUT_OF_MEMORY | Memory could not be allocated.
      21 | BUFFER_TOO_SMALL | The input or output buffer is too small.
      22 | DATA_TOO_SHORT | Data is too short to be protected or unprotected.
      23 | DATA_TOO_LONG | Data is too long to be protected or unprotected.
      26 | UNSUPPORTED_ACTION | The algorithm or the action is not supported for the data element.
      27 | APPLICATION_AUTHORIZED | The application has been authorized.
      28 | APPLICATION_NOT_AUTHORIZED | The application has not been authorized.
      29 | JSON_TYPE_NOT_SERIALIZABLE | The JSON type cannot be serialized.
      30 | JSON_OUT_OF_MEMORY | Memory for the JSON value could not be allocated.
      31 | POLICY_NOT_AVAILABLE | The policy is not available.
      32 | DELETED | Delete operation was successful.
      33 | DELETE_FAILED | Delete operation failed.
      34 | CREATED | Create operation was successful.
      35 | CREATE_FAILED | Create operation failed.
      36 | MANAGED | Manage protection operation was successful.
      37 | MANAGE_FAILED | Manage protection operation failed.
      39 | POLICY_LOCKED | The policy is locked.
      40 | LICENSE_EXPIRED | The license has expired.
      41 | METHOD_RESTRICTED | The license does not allow the method of the data element.
      42 | LICENSE_NOT_STARTED | The license's start date lies ahead.
      44 | CONTENT_NOT_VALID | The content of the input is not valid.
      46 | DEFAULT_ELEMENT_QUERIED | The default data element was queried.
      50 | REPROTECTED | Data reprotect operation was successful.
      51 | LOGS_NOT_SENT | The logs could not be sent: connection refused.
      """;

  @Test
  void everyCodeHasItsPublishedNumberItsNameAndItsText() {
    String codes =
        Arrays.stream(ReturnCode.values())
            .map(code -> code.number() + " | " + code.name() + " | " + code.text() + "\n")
            .collect(Collectors.joining());
    assertThat(codes).isEqualTo(PUBLISHED);
  }

  @Test
  void aCodeIsFoundByItsNumberAndByNoOther() {
    String found =
        IntStream.rangeClosed(-1, 60)
            .mapToObj(ReturnCode::find)
            .flatMap(code -> code.stream())
            .map(code -> code.number() + " | " + code.name() + " | " + code.text() + "\n")
            .collect(Collectors.joining());
    assertThat(found).isEqualTo(PUBLISHED);
  }
}
