package bulla.protection;

/** What a length preserving element does with a value that has too few symbols for its block. */
public enum AllowShort {
  /** The value is protected by smaller tables. */
  YES,
  /** The value is refused as too short. */
  NO_GENERATE_ERROR,
  /** The value is returned as it is, in both directions, and counts as a success. */
  NO_RETURN_INPUT
}
