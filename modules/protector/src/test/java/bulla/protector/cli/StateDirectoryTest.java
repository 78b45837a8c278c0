package bulla.protector.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDirectoryTest {
  @Test
  void itFollowsTheXdgSpecification() {
    assertThat(StateDirectory.ofUser(Map.of(), "/home/u"))
        .isEqualTo(Path.of("/home/u/.local/state/bulla"));
    assertThat(StateDirectory.ofUser(Map.of("HOME", "/elsewhere"), "/home/u"))
        .isEqualTo(Path.of("/elsewhere/.local/state/bulla"));
    for (String name : List.of("HOME", "XDG_STATE_HOME")) {
      assertThatThrownBy(() -> StateDirectory.ofUser(Map.of(name, "/h\ufffd"), "/home/u"))
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("give --state-dir");
    }
    assertThat(StateDirectory.ofUser(Map.of("XDG_STATE_HOME", "/states"), "/home/u"))
        .isEqualTo(Path.of("/states/bulla"));
    assertThat(StateDirectory.ofUser(Map.of("XDG_STATE_HOME", "relative"), "/home/u"))
        .isEqualTo(Path.of("/home/u/.local/state/bulla"));
  }
}
