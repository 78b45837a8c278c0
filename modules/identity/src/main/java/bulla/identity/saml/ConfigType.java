package bulla.identity.saml;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the metadata of a provider comes from. */
public enum ConfigType {
  /** The server fetches it from {@code metadataUrl}. */
  @JsonProperty("metadataUrl")
  METADATA_URL,
  /** It is in the request, in {@code metadataFileContent}. */
  @JsonProperty("metadataFileContent")
  METADATA_FILE_CONTENT;

  @Override
  public String toString() {
    return this == METADATA_URL ? "metadataUrl" : "metadataFileContent";
  }
}
