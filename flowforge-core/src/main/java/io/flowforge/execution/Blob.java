package io.flowforge.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference to content that is too large or not fit to stand in a value. Among the values of a
 * flow it is a map <code>{"$blob": id, "contentType": …, "size": …}</code>.
 *
 * @param id SHA-256 of the content (FIPS 180-4), 64 hexadecimal digits in lower case
 * @param contentType media type, at most 255 characters
 * @param size bytes of the content
 */
public record Blob(String id, String contentType, long size) {
  private static final String KEY = "$blob";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /** Checks the parts. */
  public Blob {
    Objects.requireNonNull(contentType, "contentType");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("id must be 64 hexadecimal digits in lower case");
    }
    if (contentType.length() > 255) {
      throw new IllegalArgumentException(
          "contentType must have at most 255 characters, had " + contentType.length());
    }
    if (size < 0) {
      throw new IllegalArgumentException("size must be >= 0, was " + size);
    }
  }

  /**
   * The reference that a value of a flow is.
   *
   * @param value any value
   * @return the reference; empty when it is none
   */
  public static Optional<Blob> of(@Nullable Object value) {
    if (value instanceof Blob blob) {
      return Optional.of(blob);
    }
    if (!(value instanceof Map<?, ?> map)
        || !(map.get(KEY) instanceof String id)
        || !(map.get("contentType") instanceof String type)
        || !(map.get("size") instanceof Number size)) {
      return Optional.empty();
    }
    boolean fits = ID.matcher(id).matches() && type.length() <= 255 && size.longValue() >= 0;
    return fits ? Optional.of(new Blob(id, type, size.longValue())) : Optional.empty();
  }

  /**
   * The reference as a value of a flow.
   *
   * @return a map of plain values
   */
  public Map<String, Object> toValue() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(KEY, id);
    map.put("contentType", contentType);
    map.put("size", size);
    return map;
  }
}
