package bulla.identity.user;

import bulla.database.DataDirectory;
import bulla.database.StartStep;
import bulla.identity.password.NewPassword;
import bulla.identity.password.PasswordHashing;
import bulla.identity.permission.PublishedRole;
import bulla.secrets.SecretBytes;
import bulla.secrets.SecretFile;
import bulla.secrets.SecretFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Creates the user {@code admin} on a server that has no users: it administers users and roles and
 * may log in, but has no permission on policies, for whoever gives rights should not need them.
 */
@ApplicationScoped
class FirstAdministrator implements StartStep {
  private static final Logger LOG = Logger.getLogger("bulla.identity.user");
  private static final String NAME = "admin";
  private static final String PASSWORD_FILE = "admin.password";

  @Inject UserService users;
  @Inject PasswordHashing hashing;
  @Inject DataDirectory data;

  @Inject
  @ConfigProperty(name = "bulla.admin.password")
  Optional<String> givenPassword;

  @Inject
  @ConfigProperty(name = "bulla.admin.password.file")
  Optional<String> givenFile;

  @Override
  public int order() {
    return 430;
  }

  /** Runs when the tables, the built-in roles and the token keys are there. */
  @Override
  public void start() {
    if (users.hasUsers()) {
      return;
    }
    users.createFirst(
        new CreateUser(
            new UserName(NAME),
            null,
            null,
            null,
            true,
            null,
            List.of(PublishedRole.DIRECTORY_ADMINISTRATOR.publishedName()),
            null),
        hashing.hash(password()));
  }

  private NewPassword password() {
    if (givenPassword.isPresent()) {
      return checked(givenPassword.get(), "BULLA_ADMIN_PASSWORD");
    }
    if (givenFile.isPresent()) {
      try (SecretFile file = SecretFiles.read(Path.of(givenFile.get()))) {
        return checked(text(file.secret()), "the file of BULLA_ADMIN_PASSWORD_FILE");
      }
    }
    try (SecretFile file = SecretFiles.readOrCreate(data.directory("").resolve(PASSWORD_FILE))) {
      LOG.info(() -> "The first administrator is " + NAME + "; its password is in " + file.path());
      return checked(text(file.secret()), PASSWORD_FILE);
    }
  }

  private static NewPassword checked(String password, String source) {
    try {
      return NewPassword.of(password);
    } catch (IllegalArgumentException refused) {
      // The message of a refused password says what is wrong and does not repeat it.
      throw new IllegalStateException("In " + source + ": " + refused.getMessage(), refused);
    }
  }

  private static String text(SecretBytes secret) {
    return secret.with(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
