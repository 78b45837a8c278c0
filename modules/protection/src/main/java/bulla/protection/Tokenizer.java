package bulla.protection;

/**
 * How many tables a token element has, and how many symbols a table step takes: {@code
 * SLT_<tables>_<block>}. The names are those of the published Policy Management API.
 */
public enum Tokenizer {
  /** One table of three symbols. */
  SLT_1_3(1, 3),
  /** Two tables of three symbols. */
  SLT_2_3(2, 3),
  /** One table of six symbols; digits only. */
  SLT_1_6(1, 6),
  /** Two tables of six symbols; digits only. */
  SLT_2_6(2, 6),
  /** One table of six of the digits 1 to 9; for decimal numbers alone. */
  SLT_6_DECIMAL(1, 6),
  /** Two tables of three digits; for dates with times alone. */
  SLT_DATETIME(2, 3),
  /** Tables of one code point, more of them for smaller alphabets; for large alphabets alone. */
  SLT_X_1(0, 1);

  private final int tables;
  private final int block;

  Tokenizer(int tables, int block) {
    this.tables = tables;
    this.block = block;
  }

  /** The number of tables for each block size: 1 or 2; 0 where it depends on the alphabet. */
  public int tables() {
    return tables;
  }

  /** The number of symbols that one table step replaces: 1, 3 or 6. */
  public int block() {
    return block;
  }
}
