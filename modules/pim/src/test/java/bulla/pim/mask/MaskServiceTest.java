package bulla.pim.mask;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.protection.Mask;
import bulla.resilientpackage.policy.PolicyMask;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskServiceTest {
  private final RecordedChanges changes = new RecordedChanges();
  private final MaskService service =
      new MaskService(new InMemoryMasks(), changes, new References(List.of()));

  @Test
  void aMaskIsWhatItWasMadeOf() {
    MaskView created = service.create(new WriteMask("Mask_L2R2_Hash", "", 2, 2, true, "#"));
    assertThat(created).isEqualTo(new MaskView("Mask_L2R2_Hash", "", 2, 2, true, "#", "1"));
    assertThat(service.list(null)).containsExactly(created);
    assertThat(service.get("1").view()).isEqualTo(created);
    assertThat(service.definitions(List.of(1L)))
        .containsExactly(new PolicyMask("1", "Mask_L2R2_Hash", new Mask(2, 2, true, "#")));
    assertThat(changes.records()).containsExactly("begin", "CREATE masks 1");
  }

  @Test
  void absentCountsAreNone() {
    assertThat(service.create(new WriteMask("last 4", null, null, 4, false, "*")).fromLeft())
        .isZero();
  }

  @Test
  void aMaskThatCannotBeIsRefusedWithItsMember() {
    assertThat(
            problem(
                    PimProblem.INVALID_MASK,
                    () -> service.create(new WriteMask("m", null, 1, 0, true, "**")))
                .member())
        .contains("character");
    assertThat(
            problem(
                    PimProblem.INVALID_MASK,
                    () -> service.create(new WriteMask("m", null, -1, 0, true, "*")))
                .member())
        .contains("fromLeft");
    assertThat(service.list(null)).isEmpty();
  }

  private static final class InMemoryMasks extends InMemoryObjects<NamedMask>
      implements MaskRepository {
    InMemoryMasks() {
      super(ObjectType.MASK);
    }
  }
}
