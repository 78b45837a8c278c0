package bulla.protector;

import bulla.protection.ReturnCode;
import bulla.resilientpackage.envelope.PackageHeader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * One call and its outcome; never a value. The members have the names and the nesting of the
 * published protection log.
 *
 * @param time when the call ended
 * @param count how many values the call had; 0 where it was refused before there were any
 * @param correlationId the same for all records of one session
 * @param operation what was asked for
 * @param user on whose behalf, as the caller says
 * @param dataElement the data element; of a reprotect the new one
 * @param oldDataElement of a reprotect the data element of the given values
 * @param code the outcome
 * @param masked whether the result was masked
 * @param policy the package that decided, as its signed header names it
 */
public record AuditRecord(
    Instant time,
    long count,
    String correlationId,
    Operation operation,
    String user,
    String dataElement,
    Optional<String> oldDataElement,
    ReturnCode code,
    boolean masked,
    PackageHeader policy) {
  private static final JsonMapper JSON = new JsonMapper();

  public AuditRecord {
    Objects.requireNonNull(time);
    Objects.requireNonNull(correlationId);
    Objects.requireNonNull(operation);
    Objects.requireNonNull(user);
    Objects.requireNonNull(dataElement);
    Objects.requireNonNull(oldDataElement);
    Objects.requireNonNull(code);
    Objects.requireNonNull(policy);
  }

  /** The same with another count. */
  AuditRecord ofCount(long otherCount) {
    return new AuditRecord(
        time,
        otherCount,
        correlationId,
        operation,
        user,
        dataElement,
        oldDataElement,
        code,
        masked,
        policy);
  }

  /** The same at another time. */
  AuditRecord at(Instant otherTime) {
    return new AuditRecord(
        otherTime,
        count,
        correlationId,
        operation,
        user,
        dataElement,
        oldDataElement,
        code,
        masked,
        policy);
  }

  /** How it ended. */
  public AuditLevel level() {
    return AuditLevel.of(code);
  }

  /** The record as one line of JSON, without the line's end. */
  public String toJson() {
    ObjectNode line = JSON.createObjectNode();
    line.put("logtype", "Protection");
    line.put("level", level().name());
    line.put("cnt", count);
    line.put("correlationid", correlationId);
    ObjectNode origin = line.putObject("origin");
    Origin.HERE.address().ifPresent(address -> origin.put("ip", address));
    origin.put("hostname", Origin.HERE.hostName());
    origin.put("time_utc", time.truncatedTo(ChronoUnit.MILLIS).toString());
    ObjectNode protection = line.putObject("protection");
    protection.put("audit_code", code.number());
    protection.put("operation", operation.toString());
    protection.put("dataelement", dataElement);
    oldDataElement.ifPresent(old -> protection.put("old_dataelement", old));
    protection.put("policy_user", user);
    protection.put("datastore", policy.dataStore());
    protection.put("masked", masked);
    ObjectNode protector = line.putObject("protector");
    protector.put("family", "offline");
    protector.put("vendor", "Bulla");
    protector.put("version", Protector.version());
    protector.put("core_version", policy.coreVersion());
    line.putObject("client").put("username", Origin.HERE.operatingSystemUser());
    ObjectNode additional = line.putObject("additional_info");
    additional.put("deployment_id", policy.serial());
    additional.put("description", code.text());
    return line.toString();
  }
}
