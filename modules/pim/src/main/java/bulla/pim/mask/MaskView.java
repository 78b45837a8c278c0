package bulla.pim.mask;

import bulla.protection.Mask;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A mask as the API shows it.
 *
 * @param name the name, unique among the masks
 * @param description what it is for, in words; absent where it was not given
 * @param fromLeft code points counted from the left end, 0 to 99
 * @param fromRight code points counted from the right end, 0 to 99
 * @param masked true hides the counted code points and shows the rest; false shows them and hides
 *     the rest
 * @param character the one code point that is shown for each hidden one
 * @param uid the uid, by which paths and other objects refer to it
 */
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
