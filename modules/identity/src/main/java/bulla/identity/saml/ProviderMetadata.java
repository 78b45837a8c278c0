package bulla.identity.saml;

import bulla.commonops.problem.CommonProblem;
import bulla.identity.problem.IdentityProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xml.sax.InputSource;

/**
 * Gets the metadata that a request names. May take seconds: never to be called in a transaction.
 */
@ApplicationScoped
class ProviderMetadata {
  private static final Duration LONGEST_DOWNLOAD = Duration.ofSeconds(10);

  private MetadataReader reader;
  private MetadataDownload download;

  /** For the container's proxies. */
  protected ProviderMetadata() {}

  /** Metadata by the server's settings. */
  @Inject
  ProviderMetadata(MetadataSettings settings) {
    this(
        new MetadataReader(Clock.systemUTC()),
        new MetadataDownload(
            settings.allowed(),
            host -> List.of(InetAddress.getAllByName(host)),
            settings.tls(),
            LONGEST_DOWNLOAD));
  }

  ProviderMetadata(MetadataReader reader, MetadataDownload download) {
    this.reader = reader;
    this.download = download;
  }

  /**
   * The metadata of {@code source}; nothing where it names none.
   *
   * @throws bulla.commonops.problem.Problem 400 where it cannot be had or used
   */
  Optional<Metadata> get(MetadataSource source) {
    if (source.type() == null) {
      if (source.url() != null || source.content() != null) {
        throw CommonProblem.INVALID_VALUE.because(
            "is needed beside metadataUrl or metadataFileContent: it says which of them is read",
            "configType");
      }
      return Optional.empty();
    }
    return Optional.of(
        switch (source.type()) {
          case METADATA_URL ->
              reader.read(
                  new InputSource(
                      new ByteArrayInputStream(
                          download.fetch(needed(source.url(), "metadataUrl")))),
                  "metadataUrl");
          case METADATA_FILE_CONTENT -> {
            String content = needed(source.content(), "metadataFileContent");
            if (content.length() > MetadataReader.LARGEST) {
              throw IdentityProblem.METADATA_REFUSED.because(
                  "It has more than " + MetadataReader.LARGEST + " characters",
                  "metadataFileContent");
            }
            yield reader.read(new InputSource(new StringReader(content)), "metadataFileContent");
          }
        });
  }

  private static String needed(String text, String member) {
    if (text == null || text.isBlank()) {
      throw CommonProblem.INVALID_VALUE.because("is needed for this configType", member);
    }
    return text;
  }
}
