package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExportSettingsTest {
  @Test
  void anIssuerOfFourHundredCharactersCanBeSealed() {
    assertThatCode(() -> new ExportSettings("i".repeat(400))).doesNotThrowAnyException();
  }

  @Test
  void anIssuerThatNoPackageCanHaveEndsTheStart() {
    assertThatThrownBy(() -> new ExportSettings("i".repeat(401)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BULLA_ISSUER cannot be sealed: iss has more than 400 characters");
    assertThatThrownBy(() -> new ExportSettings("a lone \ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
