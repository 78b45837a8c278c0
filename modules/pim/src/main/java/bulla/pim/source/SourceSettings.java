package bulla.pim.source;

import bulla.commonops.caller.Network;
import bulla.commonops.outbound.AllowedAddresses;
import bulla.database.DataDirectory;
import bulla.database.SettingsCheck;
import bulla.secrets.TrustedAuthorities;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where member sources may be, who vouches for them, and which drivers there are for databases. */
@Dependent
class SourceSettings implements SettingsCheck {
  private final AllowedAddresses allowed;
  private final Optional<SSLContext> named;
  private final Optional<Path> files;
  private final Optional<Path> drivers;
  private final DataDirectory data;

  /**
   * Reads the settings.
   *
   * @param networks allowed besides the public Internet
   * @param authorities a file with the authorities (PEM) that vouch for directories, in place of
   *     Java's
   * @param files a directory with the files of sources of type FILE
   * @param drivers a directory with JDBC drivers
   * @throws IllegalArgumentException where one of the networks, or of the directories, is none
   * @throws IllegalStateException where the file cannot be read or holds no certificate
   */
  @Inject
  SourceSettings(
      @ConfigProperty(name = "bulla.source.networks") Optional<List<String>> networks,
      @ConfigProperty(name = "bulla.source.ca.file") Optional<String> authorities,
      @ConfigProperty(name = "bulla.source.dir") Optional<String> files,
      @ConfigProperty(name = "bulla.source.drivers") Optional<String> drivers,
      DataDirectory data) {
    this.allowed =
        new AllowedAddresses(
            Network.configured("BULLA_SOURCE_NETWORKS", networks.orElse(List.of())));
    this.named =
        authorities.map(
            file -> TrustedAuthorities.configured("BULLA_SOURCE_CA_FILE", Path.of(file)));
    this.files = files.map(path -> directory("BULLA_SOURCE_DIR", path));
    this.drivers = drivers.map(path -> directory("BULLA_SOURCE_DRIVERS", path));
    this.data = data;
  }

  /** It may be made later. */
  private static Path directory(String variable, String path) {
    Path directory = Path.of(path);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(variable + " must be a directory, not " + path);
    }
    return directory;
  }

  Path files() {
    return files.orElseGet(() -> data.directory("sources"));
  }

  Path drivers() {
    return drivers.orElseGet(() -> data.directory("drivers"));
  }

  AllowedAddresses allowed() {
    return allowed;
  }

  SSLContext tls() {
    return named.orElseGet(TrustedAuthorities::ofJava);
  }
}
