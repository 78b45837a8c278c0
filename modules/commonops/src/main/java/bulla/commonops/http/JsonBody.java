package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;

/** Reads and writes the APIs' JSON bodies with {@link StrictJson}. */
@Provider
@Consumes({"application/json", "*/*"})
@Produces({"application/json", "application/problem+json"})
@ApplicationScoped
public class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
  private StrictJson json;

  @Inject
  void configure(StrictJson apiJson) {
    json = apiJson;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return isJson(media);
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return json.read(body, generic);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return isJson(media) && type != String.class && type != byte[].class;
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    json.write(value, out);
  }

  private static boolean isJson(MediaType media) {
    if (media == null) {
      throw CommonProblem.UNSUPPORTED_MEDIA_TYPE.because("Send the body as application/json");
    }
    String subtype = media.getSubtype().toLowerCase(Locale.ROOT);
    return media.getType().equalsIgnoreCase("application")
        && (subtype.equals("json") || subtype.endsWith("+json"));
  }
}
