package bulla.protection;

/** The rules that several methods share, and the defaults of absent members. */
final class MethodRules {
  private static final int MAX_CLEAR_CHARACTERS = 99;

  private MethodRules() {}

  /** Two tables never protect worse than one, and cost no more time. */
  static Tokenizer anyTokenizer(Tokenizer given) {
    return given == null ? Tokenizer.SLT_2_3 : given;
  }

  static Tokenizer tokenizerOfThree(Tokenizer given) {
    var tokenizer = anyTokenizer(given);
    if (tokenizer.block() != 3) {
      throw new InvalidMethodException("tokenizer", "must be SLT_1_3 or SLT_2_3");
    }
    return tokenizer;
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
}
