package bulla.protection;

/** The rules that several methods share, and the defaults of absent members. */
final class MethodRules {
  private static final int MAX_CLEAR_CHARACTERS = 99;

  private MethodRules() {}

  /** Two tables never protect worse than one, and cost no more time. */
  static Tokenizer anyTokenizer(Tokenizer given) {
    Tokenizer tokenizer = given == null ? Tokenizer.SLT_2_3 : given;
    if (tokenizer.tables() == 0
        || tokenizer == Tokenizer.SLT_6_DECIMAL
        || tokenizer == Tokenizer.SLT_DATETIME) {
      throw new InvalidMethodException("tokenizer", "must be SLT_1_3, SLT_2_3, SLT_1_6 or SLT_2_6");
    }
    return tokenizer;
  }

  static Tokenizer tokenizerOfThree(Tokenizer given) {
    Tokenizer tokenizer = given == null ? Tokenizer.SLT_2_3 : given;
    if (tokenizer != Tokenizer.SLT_1_3 && tokenizer != Tokenizer.SLT_2_3) {
      throw new InvalidMethodException("tokenizer", "must be SLT_1_3 or SLT_2_3");
    }
    return tokenizer;
  }

  static Tokenizer oneTableOfThree(Tokenizer given) {
    return only(Tokenizer.SLT_1_3, given);
  }

  static Tokenizer only(Tokenizer possible, Tokenizer given) {
    return only(possible, given, "tokenizer");
  }

  private static <T> T only(T possible, T given, String member) {
    if (given != null && given != possible) {
      throw new InvalidMethodException(member, "must be " + possible);
    }
    return possible;
  }

  /**
   * The least length that FF1 encrypts.
   *
   * @param safe the smallest length with radix^length >= 1,000,000, which NIST SP 800-38G r1 asks
   *     for
   */
  static Integer ff1Length(Integer given, int safe, boolean allowSmallDomain) {
    int length = given == null ? safe : given;
    if (length < 2 || length > 10) {
      throw new InvalidMethodException("minLength", "must be 2 to 10");
    }
    if (length < safe && !allowSmallDomain) {
      throw new InvalidMethodException(
          "minLength",
          "must be at least "
              + safe
              + ", or allowSmallDomain true: fewer symbols have less than the 1,000,000 values that"
              + " NIST SP 800-38G requires");
    }
    return length;
  }

  /** Of the alphabets of FF1 whose short values may be returned: digits, and those with letters. */
  static AllowShort ff1Short(AllowShort given) {
    if (given == AllowShort.YES) {
      throw new InvalidMethodException(
          "allowShort", "must be NO_GENERATE_ERROR or NO_RETURN_INPUT");
    }
    return given == null ? AllowShort.NO_GENERATE_ERROR : given;
  }

  static Integer clearCharacters(String member, Integer given) {
    int count = given == null ? 0 : given;
    if (count < 0 || count > MAX_CLEAR_CHARACTERS) {
      throw new InvalidMethodException(member, "must be 0 to " + MAX_CLEAR_CHARACTERS);
    }
    return count;
  }

  static Boolean flag(Boolean given, boolean absent) {
    return given == null ? absent : given;
  }

  /** A flag that is left out of the JSON form when it is not set. */
  static Boolean onlyTrue(Boolean given) {
    return flag(given, false) ? true : null;
  }

  static AllowShort allowShort(AllowShort given, boolean lengthPreserving) {
    if (!lengthPreserving) {
      if (given != null) {
        throw new InvalidMethodException(
            "allowShort", "must be absent when lengthPreserving is false: no value is too short");
      }
      return null;
    }
    return given == null ? AllowShort.NO_GENERATE_ERROR : given;
  }

  /** The rules of the members of card numbers. */
  static void requireCard(
      int fromLeft,
      boolean invalidLuhnDigit,
      boolean alphabeticIndicator,
      Integer alphabeticIndicatorPosition,
      Boolean invalidCardType) {
    if (invalidCardType != null) {
      require(fromLeft == 0, "fromLeft", "must be 0 with invalidCardType");
      require(
          !alphabeticIndicator, "alphabeticIndicator", "must not be combined with invalidCardType");
    }
    if (alphabeticIndicator && invalidLuhnDigit) {
      throw new InvalidMethodException(
          "alphabeticIndicator", "must not be combined with invalidLuhnDigit");
    }
    if (!alphabeticIndicator && alphabeticIndicatorPosition != null) {
      throw new InvalidMethodException(
          "alphabeticIndicatorPosition", "must be absent without alphabeticIndicator");
    }
    if (alphabeticIndicator
        && (alphabeticIndicatorPosition == null
            || alphabeticIndicatorPosition <= fromLeft
            || alphabeticIndicatorPosition > 4096)) {
      throw new InvalidMethodException(
          "alphabeticIndicatorPosition", "must be greater than fromLeft and at most 4096");
    }
  }

  static void requireTweak(TweakMode mode, int fromLeft, int fromRight) {
    require(
        mode != TweakMode.CLEAR_ENDS || fromLeft + fromRight > 0,
        "tweakMode",
        "must not be CLEAR_ENDS without fromLeft or fromRight");
  }

  static void require(boolean holds, String member, String rule) {
    if (!holds) {
      throw new InvalidMethodException(member, rule);
    }
  }
}
