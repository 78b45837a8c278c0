package bulla.commonops.document;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentElement;
import com.github.therapi.runtimejavadoc.CommentText;
import com.github.therapi.runtimejavadoc.InlineLink;
import com.github.therapi.runtimejavadoc.InlineTag;
import com.github.therapi.runtimejavadoc.MethodJavadoc;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Javadoc as the Markdown (CommonMark) that descriptions of OpenAPI are written in. */
final class JavadocText {
  /** How the Javadoc of a resource's method begins: {@code GET /roles}. */
  private static final Pattern CALL = Pattern.compile("^`[A-Z]+ /[^`]*`: ");

  private JavadocText() {}

  /** What a type is. */
  static Optional<String> of(Class<?> type) {
    return text(RuntimeJavadoc.getJavadoc(type).getComment());
  }

  /** What the component of a record is. */
  static Optional<String> ofComponent(Class<?> type, String component) {
    return parameter(RuntimeJavadoc.getJavadoc(type).getRecordComponents(), component);
  }

  /** What an operation does, without the call itself. */
  static Optional<String> of(Method method) {
    return text(javadoc(method).getComment())
        .map(text -> capital(CALL.matcher(text).replaceFirst("")));
  }

  /** What the parameter of a method is. */
  static Optional<String> ofParameter(Method method, String parameter) {
    return parameter(javadoc(method).getParams(), parameter);
  }

  /** What the constants of an enum mean, as a list; empty where not each of them says it. */
  static Optional<String> ofConstants(Class<?> type) {
    return ofConstants(type, constants(type).map(Examples::written).toList());
  }

  /** What those constants of an enum mean that JSON has as {@code written}. */
  static Optional<String> ofConstants(Class<?> type, List<?> written) {
    ClassJavadoc javadoc = RuntimeJavadoc.getJavadoc(type);
    List<String> lines =
        javadoc.getEnumConstants().stream()
            .filter(constant -> written.contains(written(type, constant.getName())))
            .flatMap(
                constant ->
                    text(constant.getComment()).stream()
                        .map(text -> "- `" + written(type, constant.getName()) + "`: " + text))
            .toList();
    return lines.size() == written.size()
        ? Optional.of(String.join("\n", lines))
        : Optional.empty();
  }

  /** As JSON has it. */
  private static String written(Class<?> type, String name) {
    return constants(type)
        .filter(constant -> constant.name().equals(name))
        .map(Examples::written)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Enum<?>> constants(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(constant -> (Enum<?>) constant);
  }

  /** Of the class that declares the method, which may be above the resource. */
  private static MethodJavadoc javadoc(Method method) {
    return RuntimeJavadoc.getJavadoc(method);
  }

  private static Optional<String> parameter(List<ParamJavadoc> parameters, String name) {
    return parameters.stream()
        .filter(parameter -> parameter.getName().equals(name))
        .findFirst()
        .flatMap(parameter -> text(parameter.getComment()));
  }

  private static Optional<String> text(Comment comment) {
    // Paragraphs stay, lines do not.
    String paragraphs =
        Stream.of(markdown(comment).split("\\s*<p>\\s*", -1))
            .map(paragraph -> paragraph.replaceAll("\\s+", " ").strip())
            .collect(Collectors.joining("\n\n"));
    return Optional.of(paragraphs).filter(found -> !found.isEmpty()).map(JavadocText::capital);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }

  private static String markdown(Comment comment) {
    var markdown = new StringBuilder();
    int open = 0;
    for (CommentElement element : comment.getElements()) {
      if (element instanceof InlineTag tag) {
        markdown.append('`').append(tag.getValue().replaceAll("\\s+", " ").strip());
        open = openBraces(tag.getValue());
        markdown.append(open > 0 ? "" : "`");
      } else if (element instanceof CommentText text) {
        markdown.append(open > 0 ? restOfTag(text.getValue(), open) : text.getValue());
        open = 0;
      } else if (element instanceof InlineLink link) {
        markdown.append(link.getLink().getLabel());
      } else {
        markdown.append('`').append(element).append('`');
      }
    }
    return markdown.toString();
  }

  private static int openBraces(String code) {
    return code.chars().map(letter -> letter == '{' ? 1 : letter == '}' ? -1 : 0).sum();
  }

  /**
   * The parser has ended an inline tag at the first closing brace, though it belongs to one that
   * was opened in the tag.
   *
   * @param text what comes behind that brace
   * @param open how many braces were open before it
   */
  private static String restOfTag(String text, int open) {
    int depth = open - 1;
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '{') {
        depth++;
      } else if (text.charAt(at) == '}' && depth-- == 0) {
        return "}" + text.substring(0, at) + "`" + text.substring(at + 1);
      }
    }
    throw new IllegalStateException("An inline tag has no end before: " + text);
  }
}
