package bulla.protection;

/** The rules that several methods share, and the defaults of absent members. */
final class MethodRules {
  private static final int MAX_CLEAR_CHARACTERS = 99;

  private MethodRules() {}

  /** Two tables never protect worse than one, and cost no more time. */
  static Tokenizer anyTokenizer(Tokenizer given) {
    Tokenizer tokenizer = given == null ? Tokenizer.SLT_2_3 : given;
    if (tokenizer == Tokenizer.SLT_6_DECIMAL || tokenizer == Tokenizer.SLT_DATETIME) {
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
    if (given != null && given != possible) {
      throw new InvalidMethodException("tokenizer", "must be " + possible);
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

  static void require(boolean holds, String member, String rule) {
    if (!holds) {
      throw new InvalidMethodException(member, rule);
    }
  }
}
