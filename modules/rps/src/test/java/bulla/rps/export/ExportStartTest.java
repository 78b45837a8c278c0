package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExportStartTest {
  @Test
  void anIssuerOfFourHundredCharactersCanBeSealed() {
    assertThatCode(new ExportStart("i".repeat(400))::start).doesNotThrowAnyException();
  }

  @Test
  void anIssuerThatNoPackageCanHaveEndsTheStart() {
    assertThatThrownBy(new ExportStart("i".repeat(401))::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("BULLA_ISSUER cannot be sealed: iss has more than 400 characters");
    assertThatThrownBy(new ExportStart("a lone \ud800")::start)
        .isInstanceOf(IllegalStateException.class);
  }
}
