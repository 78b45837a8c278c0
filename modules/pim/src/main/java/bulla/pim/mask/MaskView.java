package bulla.pim.mask;

import bulla.protection.Mask;
import com.fasterxml.jackson.annotation.JsonInclude;

/** A mask as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MaskView(
    String name,
    String description,
    int fromLeft,
    int fromRight,
    boolean masked,
    String character,
    String uid) {
  static MaskView of(NamedMask named) {
    Mask mask = named.mask();
    return new MaskView(
        named.name(),
        named.description(),
        mask.fromLeft(),
        mask.fromRight(),
        mask.masked(),
        mask.character(),
        named.uid());
  }
}
