package bulla.pim.source;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A member source as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceView(
    String name, String description, SourceType type, FileConnection connection, String uid) {
  static SourceView of(MemberSource source) {
    return new SourceView(
        source.name(), source.description(), source.type(), source.connection(), source.uid());
  }
}
