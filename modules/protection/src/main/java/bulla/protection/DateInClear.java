package bulla.protection;

/** Which part of a date stays clear. */
public enum DateInClear {
  /** None: the whole date is replaced. */
  NONE,
  /** The year stays, the day within it is replaced: one of some 365. */
  YEAR,
  /** The month stays, the year and the day of the month are replaced. */
  MONTH
}
