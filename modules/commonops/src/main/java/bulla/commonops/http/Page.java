package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The part of a list that a client wants: {@code max} entries after the first {@code first}, as the
 * published list calls name them. Lists are bare arrays; their whole length is in the header {@code
 * X-Total-Count}.
 *
 * @param first entries to skip, 0 or more
 * @param max entries to return, 1 to {@value #LARGEST}
 */
public record Page(int first, int max) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
  public static final int LARGEST = 1000;

  /** The header with the number of entries of the whole list. */
  public static final String TOTAL_COUNT = "X-Total-Count";

  /**
   * Reads the query parameters as they came; null is the default (0 and 100).
   *
   * @throws bulla.commonops.problem.Problem 400 naming the parameter that is no number or out of
   *     bounds
   */
  public static Page of(String first, String max) {
    return new Page(
        number("first", first, 0, Integer.MAX_VALUE - LARGEST, 0),
        number("max", max, 1, LARGEST, 100));
  }

  /**
   * The answer of an API whose published lists are whole: all of {@code whole} where the client
   * asks for no part of it, and else the part between {@code first} and {@code max}, as they came.
   *
   * @param uri the request's
   * @throws bulla.commonops.problem.Problem 400 naming the parameter that is no number or out of
   *     bounds
   */
  public static Response answer(List<?> whole, String first, String max, UriInfo uri) {
    if (first == null && max == null) {
      return Response.ok(whole).header(TOTAL_COUNT, whole.size()).build();
    }
    Page page = of(first, max);
    int begin = Math.min(page.first, whole.size());
    int end = (int) Math.min((long) begin + page.max, whole.size());
    return page.answer(whole.subList(begin, end), whole.size(), uri);
  }

  /**
   * The length of the whole list, which a page that is not full shows by itself.
   *
   * @param found how many entries this page has
   * @param count counts the list where the page does not show where it ends
   */
  public long total(int found, LongSupplier count) {
    boolean showsTheEnd = found < max && (found > 0 || first == 0);
    return showsTheEnd ? first + (long) found : count.getAsLong();
  }

  /**
   * The answer with this page's entries, the length of the whole list, and links to the pages
   * before and after (RFC 8288), which keep the other parameters of the query.
   *
   * @param uri the request's
   */
  public Response answer(List<?> entries, long total, UriInfo uri) {
    var answer = Response.ok(entries).header(TOTAL_COUNT, total);
    if (first > 0) {
      answer.header(
          HttpHeaders.LINK, link(uri, (int) Math.max(0, Math.min(first, total) - max), "prev"));
    }
    if (first + (long) max < total) {
      answer.header(HttpHeaders.LINK, link(uri, first + max, "next"));
    }
    return answer.build();
  }

  /**
   * The answer with the entries of a list whose pages begin after an entry instead of after a
   * number of them, and a link to the next page.
   *
   * @param parameter names the query parameter that says where a page begins
   * @param next its value for the next page; nothing on the last
   * @param uri the request's
   */
  public Response answer(List<?> entries, String parameter, Optional<String> next, UriInfo uri) {
    var answer = Response.ok(entries);
    next.ifPresent(
        value ->
            answer.header(
                HttpHeaders.LINK,
                link(
                    UriBuilder.fromUri(uri.getRequestUri()).replaceQueryParam(parameter, value),
                    "next")));
    return answer.build();
  }

  /** Relative to the request, because a proxy may know the server by another name. */
  private String link(UriInfo uri, int otherFirst, String relation) {
    return link(
        UriBuilder.fromUri(uri.getRequestUri()).replaceQueryParam("first", otherFirst), relation);
  }

  private String link(UriBuilder page, String relation) {
    String query = page.replaceQueryParam("max", max).build().getRawQuery();
    return "<?" + query + ">; rel=\"" + relation + "\"";
  }

  private static int number(String name, String text, int least, int most, int absent) {
    if (text == null) {
      return absent;
    }
    // parseInt would take the digits of every script, and signs.
    long value = DIGITS.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (value < least || value > most) {
      throw outOfBounds(name, least, most);
    }
    return (int) value;
  }

  private static RuntimeException outOfBounds(String name, int least, int most) {
    return CommonProblem.INVALID_PARAMETER.because(
        name + " must be a whole number from " + least + " to " + most, name);
  }
}
