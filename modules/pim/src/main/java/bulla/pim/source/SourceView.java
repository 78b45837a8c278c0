package bulla.pim.source;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A member source as the API shows it.
 *
 * @param name the name, unique among the member sources
 * @param description what it is for, in words; absent where it was not given
 * @param type what kind of source it is
 * @param connection where it is, with what absent members mean and without its secrets
 * @param uid the uid, by which paths and other objects refer to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceView(
    String name, String description, SourceType type, SourceConnection connection, String uid) {
  static SourceView of(MemberSource source) {
    return new SourceView(
        source.name(), source.description(), source.type(), source.connection(), source.uid());
  }
}
