package bulla.identity.audit;

/**
 * What entries hold of a state.
 *
 * @param hmac 64 hexadecimal digits, to be compared with {@code before} and {@code after} of
 *     entries
 */
public record StateHmacView(String hmac) {}
