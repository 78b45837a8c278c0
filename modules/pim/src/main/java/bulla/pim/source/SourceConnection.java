package bulla.pim.source;

import bulla.commonops.http.Printable;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a member source is and how it is read. Which members there may be depends on the type of
 * the source; one that its type does not know is refused.
 *
 * @param userFile FILE, needed: the name of a file in the server's source directory with one user
 *     name per line, UTF-8
 * @param groupFile FILE: the name of a file with groups, each a line {@code [GroupName]} and one
 *     member per line after it, UTF-8
 * @param vendor DATABASE, needed: which database it is
 * @param host LDAP, POSIX, AD, DATABASE, needed: the name or address of the server
 * @param port LDAP, POSIX, AD, DATABASE: the server's port, 1 to 65535; the usual one if absent
 * @param useTls LDAP, POSIX, AD: whether the connection begins in the clear and changes to TLS
 *     (StartTLS); a password needs this or {@code useSsl}; true if both are absent
 * @param useSsl LDAP, POSIX, AD: whether the connection is TLS from its beginning (LDAPS); false if
 *     absent
 * @param bindDn LDAP, POSIX: the distinguished name that reads the directory; anonymous if absent
 * @param userName AD, DATABASE, needed: the account that reads it; of AD {@code user@domain}, a
 *     distinguished name or {@code DOMAIN\\user}
 * @param password LDAP, POSIX, AD, DATABASE: the password of the account; never shown. A change
 *     without it keeps the former one where server, account and queries stay the same
 * @param baseDn AD, needed: where users and groups are searched
 * @param userBaseDn LDAP, POSIX, needed: where users are searched
 * @param userFilter LDAP, POSIX: which entries are users (RFC 4515)
 * @param userAttribute LDAP, POSIX, AZURE: which attribute of a user is the name
 * @param groupBaseDn LDAP, POSIX: where groups are searched; the base of the users if absent
 * @param groupFilter LDAP, POSIX: which entries are groups (RFC 4515)
 * @param groupAttribute LDAP, POSIX, AZURE: which attribute of a group is the name
 * @param groupMemberAttribute LDAP, POSIX: which attribute of a group lists the members: their
 *     distinguished names, with POSIX their names
 * @param tenantId AZURE, needed: the directory's id, or its domain
 * @param clientId AZURE, needed: the id of the application that reads it
 * @param clientSecret AZURE: the secret of the application; never shown. A change without it keeps
 *     the former one where the directory and the application stay the same
 * @param environment AZURE: which national cloud the directory is in; GLOBAL if absent
 * @param dsn DATABASE, needed: the name of the database, with Oracle that of a service
 * @param usersQuery DATABASE, needed: a SELECT of one column, the names of the users
 * @param groupsQuery DATABASE: a SELECT of two columns, the name of a group and that of a member
 * @param properties DATABASE: settings of the driver, of those that are allowed for the vendor. The
 *     connection is TLS with a certificate that one of Java's authorities vouches for; it is in the
 *     clear with DB2 {@code sslConnection} {@code false}, DERBY {@code ssl} {@code off}, ORACLE any
 *     {@code oracle.net.encryption_client}, POSTGRESQL {@code sslmode} {@code disable}, SQLSERVER
 *     {@code encrypt} {@code false}, TERADATA {@code SSLMODE} {@code DISABLE}; values that would
 *     leave it encrypted but not verified are refused
 * @param recursive LDAP, AD, AZURE: whether the members of a group's groups are its members too;
 *     true if absent
 * @param timeout all but FILE: after how many seconds the server gives up, 1 to 60; 30 if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceConnection(
    @Pattern(regexp = SourceConnection.PLAIN_NAME, message = SourceConnection.FILE_RULE)
        String userFile,
    @Pattern(regexp = SourceConnection.PLAIN_NAME, message = SourceConnection.FILE_RULE)
        String groupFile,
    DatabaseVendor vendor,
    @Pattern(
            regexp = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}",
            message = "must be the name or address of a host")
        String host,
    @Min(value = 1, message = SourceConnection.PORT_RULE)
        @Max(value = 65_535, message = SourceConnection.PORT_RULE)
        Integer port,
    Boolean useTls,
    Boolean useSsl,
    @Size(min = 1, max = 1000, message = SourceConnection.LONG_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String bindDn,
    @Size(min = 1, max = 255, message = SourceConnection.SHORT_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String userName,
    @Schema(writeOnly = true)
        @Size(min = 1, max = 255, message = SourceConnection.SHORT_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String password,
    @Size(min = 1, max = 1000, message = SourceConnection.LONG_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String baseDn,
    @Size(min = 1, max = 1000, message = SourceConnection.LONG_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String userBaseDn,
    @Size(min = 1, max = 1000, message = SourceConnection.LONG_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String userFilter,
    @Pattern(
            regexp = SourceConnection.ATTRIBUTE,
            message = "must be the name of an attribute: up to 64 letters, digits, dots, dashes")
        String userAttribute,
    @Size(min = 1, max = 1000, message = SourceConnection.LONG_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String groupBaseDn,
    @Size(min = 1, max = 1000, message = SourceConnection.LONG_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String groupFilter,
    @Pattern(
            regexp = SourceConnection.ATTRIBUTE,
            message = "must be the name of an attribute: up to 64 letters, digits, dots, dashes")
        String groupAttribute,
    @Pattern(
            regexp = SourceConnection.ATTRIBUTE,
            message = "must be the name of an attribute: up to 64 letters, digits, dots, dashes")
        String groupMemberAttribute,
    @Pattern(
            regexp = "[A-Za-z0-9][A-Za-z0-9.-]{0,254}",
            message = "must be the id or the domain of a directory")
        String tenantId,
    @Pattern(regexp = "[A-Za-z0-9-]{1,64}", message = "must be the id of an application")
        String clientId,
    @Schema(writeOnly = true)
        @Size(min = 1, max = 255, message = SourceConnection.SHORT_RULE)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String clientSecret,
    AzureEnvironment environment,
    @Pattern(
            regexp = "[A-Za-z0-9_][A-Za-z0-9_.$#-]{0,127}",
            message =
                "must be the name of a database: up to 128 letters, digits and _ . $ # -, not"
                    + " beginning with one of the last four")
        String dsn,
    @Size(min = 1, max = 4000, message = SourceConnection.QUERY_RULE)
        @Pattern(regexp = SourceConnection.QUERY, message = SourceConnection.QUERY_RULE)
        String usersQuery,
    @Size(min = 1, max = 4000, message = SourceConnection.QUERY_RULE)
        @Pattern(regexp = SourceConnection.QUERY, message = SourceConnection.QUERY_RULE)
        String groupsQuery,
    @Size(max = 10, message = "must have at most 10 members")
        Map<
                String,
                @NotNull(message = "must be a text")
                @Size(max = 255, message = "must have at most 255 characters")
                @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE) String>
            properties,
    Boolean recursive,
    @Min(value = 1, message = "must be 1 to 60") @Max(value = 60, message = "must be 1 to 60")
        Integer timeout) {
  static final String PLAIN_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
  static final String FILE_RULE =
      "must be a plain file name: up to 128 letters, digits, dots, dashes and underscores,"
          + " not beginning with a dot or a dash";
  static final String ATTRIBUTE = "[A-Za-z0-9][A-Za-z0-9.-]{0,63}";
  static final String PORT_RULE = "must be 1 to 65535";
  static final String LONG_RULE = "must have 1 to 1000 characters";

  /** Tabs and the ends of lines alone of the control characters. */
  static final String QUERY = "[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F]+";

  static final String QUERY_RULE =
      "must have 1 to 4000 characters, none of them a control character but tabs and line breaks";
  static final String SHORT_RULE = "must have 1 to 255 characters";

  /** No properties at all are none; generated clients send an object without members for them. */
  public SourceConnection {
    properties = properties == null || properties.isEmpty() ? null : properties;
  }

  /** The properties; none where they are absent. */
  Map<String, String> givenProperties() {
    return properties == null ? Map.of() : properties;
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return "SourceConnection[host=" + host + "]";
  }
}
