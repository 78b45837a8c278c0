package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.problem.ProblemDocument;
import bulla.commonops.problem.ProblemType;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md} lists every problem of every module. */
class ProblemListTest {
  private static final Path FILE = Path.of(System.getProperty("bulla.home"), "docs", "problems.md");

  @Test
  void theListIsUpToDate() throws IOException {
    String current = list();
    if (Boolean.getBoolean("bulla.renew")) {
      Files.writeString(FILE, current);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("docs/problems.md is stale; renew it with ./mvnw verify -Dbulla.renew=true")
        .isEqualTo(current);
  }

  private static String list() {
    var text =
        new StringBuilder(
            """
            # Problems

            Generated from the enums that implement `ProblemType`. Every error answer is a problem
            document (RFC 9457) whose `code` is one of these, but for what the server refuses before
            any API sees it (`adr/0009-what-the-http-layer-refuses.md`):
            - a path that is no URI, `%zz` in it say, that has a control character such as `%00`, or
              that leads out of the root: 400 and a line of HTML, or of JSON where the request has a
              body of JSON
            - what is no version of HTTP, or comes without its end: 505 or 408 without a body
            - the method TRACE outside of the APIs, and what is no probe below `/health`: 403, 404 or 400 and a line of text
            - what is no HTTP, or has more than 100 headers, or an address or a header of more than
              16 KiB: 400 without a body
            - a body of more than 64 MiB: 413, without a body unless the API has refused it first
            """);
    new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("bulla").stream()
            .filter(type -> type.isEnum() && type.isAssignableTo(ProblemType.class))
            .sorted(Comparator.comparing(JavaClass::getName))
            .forEach(type -> append(type, text));
    return text.toString();
  }

  private static String module(JavaClass type) {
    String below = type.getPackageName().substring("bulla.".length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  private static void append(JavaClass type, StringBuilder text) {
    text.append("\n## ")
        .append(module(type))
        .append("\n\n| status | code | what it means | type |\n| --- | --- | --- | --- |\n")
        .append(
            Stream.of(type.reflect().getEnumConstants())
                .map(ProblemType.class::cast)
                .sorted(Comparator.comparing(ProblemType::status).thenComparing(ProblemType::name))
                .map(
                    problem ->
                        "| %d | `%s` | %s | `%s` |"
                            .formatted(
                                problem.status(),
                                problem.name(),
                                problem.title(),
                                ProblemDocument.uri(problem)))
                .collect(Collectors.joining("\n")))
        .append('\n');
  }
}
