package io.flowforge.actions.http;

import io.flowforge.execution.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call to make: method, URL, what goes along, and its limits. Immutable.
 *
 * <p>Secrets are given as such, never as text: the client then checks that each may go to the host,
 * keeps it from other origins, and hides it in errors.
 */
public final class HttpCall {
  private final String method;
  private final Target target;
  private final List<Field> headers;
  private final List<Secret> secrets;
  private final List<Secret> bodySecrets;
  private final byte @Nullable [] body;
  private final Duration timeout;
  private final long maxBytes;
  private final int redirects;

  private HttpCall(Builder builder) {
    method = builder.method;
    target = Target.of(Queries.append(builder.url, builder.query));
    headers = List.copyOf(builder.headers);
    secrets = builder.allSecrets();
    bodySecrets = List.copyOf(builder.bodySecrets);
    body = builder.body;
    timeout = builder.timeout;
    maxBytes = builder.maxBytes;
    redirects = builder.redirects;
  }

  /**
   * Begins a call.
   *
   * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, in any case
   * @param url absolute {@code http} or {@code https} URL
   * @return the builder
   * @throws io.flowforge.spi.ActionException {@code FF-HTTP-METHOD} for any other method
   */
  public static Builder builder(String method, String url) {
    return new Builder(Fields.method(method), url);
  }

  /** Refuses a method that cannot be sent, with the config key. */
  static void checkMethod(String text) {
    if (!Fields.isMethod(text)) {
      throw new IllegalArgumentException(Fields.wrongMethod(text));
    }
  }

  String method() {
    return method;
  }

  Target target() {
    return target;
  }

  List<Field> headers() {
    return headers;
  }

  List<Secret> secrets() {
    return secrets;
  }

  List<Secret> bodySecrets() {
    return bodySecrets;
  }

  byte @Nullable [] body() {
    return body;
  }

  Duration timeout() {
    return timeout;
  }

  long maxBytes() {
    return maxBytes;
  }

  int redirects() {
    return redirects;
  }

  /** A method, URL and address for messages, without anything secret. */
  @Override
  public String toString() {
    return method + ' ' + target.shown();
  }

  /**
   * A header or query parameter.
   *
   * @param name its name
   * @param value its text
   * @param secret the secret it was made from, if any
   */
  record Field(String name, String value, @Nullable Secret secret) {
    boolean is(String other) {
      return name.toLowerCase(Locale.ROOT).equals(other);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Collects the parts of a call. Not thread-safe. */
  public static final class Builder {
    private final String method;
    private final String url;
    private final List<Field> headers = new ArrayList<>();
    private final List<Field> query = new ArrayList<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<Secret> bodySecrets = new ArrayList<>();
    private byte @Nullable [] body;
    private Duration timeout = Duration.ofSeconds(30);
    private long maxBytes = 10L << 20;
    private int redirects;

    private Builder(String method, String url) {
      this.method = method;
      this.url = url;
    }

    /**
     * Adds a header.
     *
     * @param name a token; not one of those that the client sets itself
     * @param value printable ASCII
     * @return this
     * @throws io.flowforge.spi.ActionException {@code FF-HTTP-HEADER} otherwise
     */
    public Builder header(String name, String value) {
      headers.add(Fields.header(name, value, null));
      return this;
    }

    /**
     * Adds a header made from a secret.
     *
     * @param name a token
     * @param prefix text before the secret, such as {@code "Bearer "}
     * @param secret the secret
     * @return this
     * @throws io.flowforge.spi.ActionException {@code FF-HTTP-HEADER} when the name is no token
     */
    public Builder header(String name, String prefix, Secret secret) {
      // Text and hosts of one moment: it may be changed while the call is made.
      Secret now = secret.current();
      headers.add(Fields.header(name, prefix + now.reveal(), now));
      return this;
    }

    /**
     * Adds a query parameter, percent-encoded.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public Builder query(String name, String value) {
      query.add(new Field(name, value, null));
      return this;
    }

    /**
     * Adds a query parameter made from a secret.
     *
     * @param name its name
     * @param secret the secret
     * @return this
     */
    public Builder query(String name, Secret secret) {
      Secret now = secret.current();
      query.add(new Field(name, now.reveal(), now));
      return this;
    }

    String method() {
      return method;
    }

    void headerIfAbsent(String name, String value) {
      if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
        header(name, value);
      }
    }

    /**
     * Adds basic authentication (RFC 7617).
     *
     * @param username the user
     * @param password the password
     * @return this
     */
    public Builder basic(String username, Secret password) {
      Secret now = password.current();
      byte[] pair = (username + ':' + now.reveal()).getBytes(StandardCharsets.UTF_8);
      secrets.add(now);
      return header("Authorization", "Basic ", Secret.of(Base64.getEncoder().encodeToString(pair)));
    }

    /**
     * Names a secret that the body holds.
     *
     * @param secret the secret; {@link Secret#current} of the moment its text was taken
     * @return this
     */
    public Builder bodySecret(Secret secret) {
      bodySecrets.add(secret);
      return this;
    }

    /**
     * Sets the body.
     *
     * @param bytes the body
     * @param contentType its media type; empty for none
     * @return this
     * @throws io.flowforge.spi.ActionException {@code FF-HTTP-HEADER} when it cannot be sent
     */
    public Builder body(byte[] bytes, String contentType) {
      body = bytes.clone();
      if (!contentType.isEmpty()) {
        headerIfAbsent("Content-Type", contentType);
      }
      return this;
    }

    /**
     * Limits the whole call, redirects included.
     *
     * @param value at least 1 ms; 30 s by default
     * @return this
     * @throws IllegalArgumentException when it is shorter
     */
    public Builder timeout(Duration value) {
      if (value.toMillis() < 1) {
        throw new IllegalArgumentException("timeout must be at least 1 ms, was " + value);
      }
      timeout = value;
      return this;
    }

    /**
     * Limits the answer's body.
     *
     * @param value bytes after decompression; 10 MiB by default
     * @return this
     * @throws IllegalArgumentException when it is negative or above 2 GiB
     */
    public Builder maxBytes(long value) {
      if (value < 0 || value > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("maxBytes must be 0 to 2147483639, was " + value);
      }
      maxBytes = value;
      return this;
    }

    /**
     * Allows redirects.
     *
     * @param value 0 to 5; none by default
     * @return this
     * @throws IllegalArgumentException when it is out of range
     */
    public Builder followRedirects(int value) {
      if (value < 0 || value > 5) {
        throw new IllegalArgumentException("followRedirects must be 0 to 5, was " + value);
      }
      redirects = value;
      return this;
    }

    private List<Secret> allSecrets() {
      List<Secret> all = new ArrayList<>(secrets);
      all.addAll(bodySecrets);
      for (List<Field> fields : List.of(headers, query)) {
        for (Field field : fields) {
          if (field.secret() != null) {
            all.add(field.secret());
          }
        }
      }
      return List.copyOf(all);
    }

    /**
     * Ends.
     *
     * @return the call
     * @throws io.flowforge.spi.ActionException {@code FF-HTTP-URL} or {@code FF-HTTP-BLOCKED} when
     *     the URL cannot be called
     */
    public HttpCall build() {
      return new HttpCall(this);
    }
  }
}
