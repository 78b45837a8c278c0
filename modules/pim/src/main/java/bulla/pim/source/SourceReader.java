package bulla.pim.source;

import bulla.pim.object.PimProblem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads member sources by their stored definitions; no transaction is open while it reads. */
@Dependent
class SourceReader implements MemberSources {
  private final SourceService service;
  private final SourceReading reading;

  @Inject
  SourceReader(SourceService service, SourceReading reading) {
    this.service = service;
    this.reading = reading;
  }

  @Override
  public Map<String, SourceContent> read(Map<String, Set<String>> groupsBySource, Duration atMost) {
    Map<String, SourceContent> contents = new HashMap<>();
    long begun = System.nanoTime();
    for (var wanted : groupsBySource.entrySet()) {
      var found = service.definition(wanted.getKey());
      if (found.isPresent()) {
        try (SourceDefinition source = found.get()) {
          Duration left = atMost.minusNanos(System.nanoTime() - begun);
          if (left.isNegative() || left.isZero()) {
            throw new UnreadableSourceException(
                SourceStep.CONNECTION, "The reading of others took all the time that there was");
          }
          contents.put(source.uid(), reading.read(source, wanted.getValue(), left));
        } catch (UnreadableSourceException unreadable) {
          throw PimProblem.SOURCE_UNAVAILABLE.because(
              "Source '" + wanted.getKey() + "' cannot be read: " + unreadable.getMessage());
        }
      }
    }
    return contents;
  }

  /** Tests a source. */
  SourceTestView test(String uid) {
    SourceTestView result;
    try (SourceDefinition source = service.pathNamed(uid)) {
      result = reading.test(source);
    }
    service.tested(uid, result);
    return result;
  }
}
