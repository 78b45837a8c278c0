package bulla.identity.saml;

/**
 * Where a request says that the metadata is.
 *
 * @param type null where the request says nothing of metadata
 * @param url read for {@link ConfigType#METADATA_URL}
 * @param content read for {@link ConfigType#METADATA_FILE_CONTENT}
 */
record MetadataSource(ConfigType type, String url, String content) {}
