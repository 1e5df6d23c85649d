package io.flowforge.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a flow: a trigger, an action or a control node, with its config and policies.
 *
 * <p>Immutable. Made with {@link #builder(String, String)}.
 */
public final class Node {
  private final Builder parts;

  private Node(Builder parts) {
    this.parts = parts;
  }

  /**
   * Begins a node.
   *
   * @param id 1–128 of {@code [A-Za-z0-9_-]}, first a letter or digit, unique in its graph
   * @param type node type of the catalog, such as {@code http}
   * @return a builder
   */
  public static Builder builder(String id, String type) {
    return new Builder(id, type);
  }

  /**
   * A builder that holds all of this node.
   *
   * @return a builder; changing it does not change this node
   */
  public Builder toBuilder() {
    return new Builder(parts);
  }

  /**
   * The id.
   *
   * @return unique in its graph
   */
  public String id() {
    return parts.id;
  }

  /**
   * The type.
   *
   * @return canonical name or alias of the catalog
   */
  public String type() {
    return parts.type;
  }

  /**
   * The name for people.
   *
   * @return name, if any
   */
  public Optional<String> name() {
    return Optional.ofNullable(parts.name);
  }

  /**
   * The config, in which strings may hold <code>${…}</code>.
   *
   * @return unmodifiable map in document order; without the body
   */
  public Map<String, Object> config() {
    return parts.config;
  }

  /**
   * The graph inside this node: the body of a loop, or an inline sub-flow.
   *
   * @return the graph, if any
   */
  public Optional<Flow> body() {
    return Optional.ofNullable(parts.body);
  }

  /**
   * When the node starts.
   *
   * @return the join; all by default
   */
  public Join join() {
    return parts.join;
  }

  /**
   * The retry policy.
   *
   * @return the policy, if the node names one
   */
  public Optional<Retry> retry() {
    return Optional.ofNullable(parts.retry);
  }

  /**
   * The time-out.
   *
   * @return the time-out, if the node names one
   */
  public Optional<Timeout> timeout() {
    return Optional.ofNullable(parts.timeout);
  }

  /**
   * What its failure means.
   *
   * @return fail by default
   */
  public OnError onError() {
    return parts.onError;
  }

  /**
   * The value used by {@link OnError#CONTINUE}.
   *
   * @return plain value, in which strings may hold <code>${…}</code>; null by default
   */
  public @Nullable Object fallback() {
    return parts.fallback;
  }

  /**
   * Reuse of earlier results.
   *
   * @return the policy, if any
   */
  public Optional<CachePolicy> cache() {
    return Optional.ofNullable(parts.cache);
  }

  /**
   * The rate limit.
   *
   * @return the policy, if any
   */
  public Optional<RateLimit> rateLimit() {
    return Optional.ofNullable(parts.rateLimit);
  }

  /**
   * The circuit breaker.
   *
   * @return the policy, if any
   */
  public Optional<CircuitBreaker> circuitBreaker() {
    return Optional.ofNullable(parts.circuitBreaker);
  }

  /**
   * What undoes the node.
   *
   * @return the compensation, if any
   */
  public Optional<Compensation> compensate() {
    return Optional.ofNullable(parts.compensate);
  }

  /**
   * Whether the node is switched off: it does not run, and its input passes on through {@code
   * main}.
   *
   * @return false by default
   */
  public boolean disabled() {
    return parts.disabled;
  }

  /**
   * What editors keep beside the node: {@code ui}, {@code position}, {@code metadata} and the like.
   *
   * @return unmodifiable map, kept verbatim
   */
  public Map<String, Object> extras() {
    return parts.extras;
  }

  /**
   * Where the node stands in the document it was read from, such as {@code /nodes/3}.
   *
   * @return JSON pointer, or null for a node made in code; not part of equality
   */
  public @Nullable String pointer() {
    return parts.pointer;
  }

  /**
   * The key its config was written under, {@code config} unless the document's dialect says {@code
   * data}.
   *
   * @return the key; not part of equality
   */
  public String configKey() {
    return parts.configKey;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Node that && parts.values().equals(that.parts.values());
  }

  @Override
  public int hashCode() {
    return Objects.hash(parts.id, parts.type, parts.config);
  }

  @Override
  public String toString() {
    return parts.id + " (" + parts.type + ")";
  }

  /** Collects the parts of a {@link Node}; not thread-safe. */
  public static final class Builder {
    private final String id;
    private String type;
    private @Nullable String name;
    private Map<String, Object> config = Map.of();
    private @Nullable Flow body;
    private Join join = Join.ALL;
    private @Nullable Retry retry;
    private @Nullable Timeout timeout;
    private OnError onError = OnError.FAIL;
    private @Nullable Object fallback;
    private @Nullable CachePolicy cache;
    private @Nullable RateLimit rateLimit;
    private @Nullable CircuitBreaker circuitBreaker;
    private @Nullable Compensation compensate;
    private boolean disabled;
    private Map<String, Object> extras = Map.of();
    private @Nullable String pointer;
    private String configKey = "config";

    private Builder(String id, String type) {
      this.id = Objects.requireNonNull(id, "id");
      this.type = Objects.requireNonNull(type, "type");
    }

    private Builder(Builder other) {
      id = other.id;
      type = other.type;
      name = other.name;
      config = other.config;
      body = other.body;
      join = other.join;
      retry = other.retry;
      timeout = other.timeout;
      onError = other.onError;
      fallback = other.fallback;
      cache = other.cache;
      rateLimit = other.rateLimit;
      circuitBreaker = other.circuitBreaker;
      compensate = other.compensate;
      disabled = other.disabled;
      extras = other.extras;
      pointer = other.pointer;
      configKey = other.configKey;
    }

    /** All that equality looks at. */
    private List<@Nullable Object> values() {
      List<@Nullable Object> values = new ArrayList<>();
      Collections.addAll(values, id, type, name, config, body, join, retry, timeout, onError);
      Collections.addAll(
          values, fallback, cache, rateLimit, circuitBreaker, compensate, disabled, extras);
      return values;
    }

    /**
     * Sets the type.
     *
     * @param value node type of the catalog
     * @return this
     */
    public Builder type(String value) {
      type = value;
      return this;
    }

    /**
     * Sets the name for people.
     *
     * @param value any text
     * @return this
     */
    public Builder name(@Nullable String value) {
      name = value;
      return this;
    }

    /**
     * Sets one config value.
     *
     * @param key name of the config component
     * @param value plain value, in which strings may hold <code>${…}</code>; durations, instants
     *     and enum constants become text
     * @return this
     * @throws IllegalArgumentException when the value is not plain
     */
    public Builder config(String key, @Nullable Object value) {
      config = PlainValues.with(config, key, value);
      return this;
    }

    /**
     * Replaces the whole config.
     *
     * @param values plain values by component name
     * @return this
     * @throws IllegalArgumentException when a value is not plain
     */
    public Builder config(Map<String, ? extends @Nullable Object> values) {
      config = PlainValues.copy(values);
      return this;
    }

    /**
     * Sets the graph inside the node.
     *
     * @param value a body made with {@link Flow#body()}, or a whole flow for a sub-flow node
     * @return this
     */
    public Builder body(@Nullable Flow value) {
      body = value;
      return this;
    }

    /**
     * Sets when the node starts; default all.
     *
     * @param value the join
     * @return this
     */
    public Builder join(Join value) {
      join = value;
      return this;
    }

    /**
     * Sets the retry policy; default that of the flow's settings.
     *
     * @param value the policy
     * @return this
     */
    public Builder retry(@Nullable Retry value) {
      retry = value;
      return this;
    }

    /**
     * Sets the time-out of an attempt; default the engine's.
     *
     * @param value longer than zero
     * @return this
     */
    public Builder timeout(Duration value) {
      return timeout(Timeout.of(value));
    }

    /**
     * Sets the time-outs; default the engine's.
     *
     * @param value of an attempt and in total
     * @return this
     */
    public Builder timeout(@Nullable Timeout value) {
      timeout = value;
      return this;
    }

    /**
     * Sets what a failure means; default fail.
     *
     * @param value the choice
     * @return this
     */
    public Builder onError(OnError value) {
      onError = value;
      return this;
    }

    /**
     * Sets the value used by {@link OnError#CONTINUE}; default null.
     *
     * @param value plain value
     * @return this
     */
    public Builder fallback(@Nullable Object value) {
      fallback = PlainValues.copy("fallback", value);
      return this;
    }

    /**
     * Sets reuse of earlier results; default none.
     *
     * @param value the policy
     * @return this
     */
    public Builder cache(@Nullable CachePolicy value) {
      cache = value;
      return this;
    }

    /**
     * Sets the rate limit; default none.
     *
     * @param value the policy
     * @return this
     */
    public Builder rateLimit(@Nullable RateLimit value) {
      rateLimit = value;
      return this;
    }

    /**
     * Sets the circuit breaker; default none.
     *
     * @param value the policy
     * @return this
     */
    public Builder circuitBreaker(@Nullable CircuitBreaker value) {
      circuitBreaker = value;
      return this;
    }

    /**
     * Sets what undoes the node; default nothing.
     *
     * @param value the compensation
     * @return this
     */
    public Builder compensate(@Nullable Compensation value) {
      compensate = value;
      return this;
    }

    /**
     * Switches the node off or on; default on.
     *
     * @param value true to switch it off
     * @return this
     */
    public Builder disabled(boolean value) {
      disabled = value;
      return this;
    }

    /**
     * Sets one value that editors keep beside the node.
     *
     * @param key such as {@code position}
     * @param value plain value
     * @return this
     */
    public Builder extra(String key, @Nullable Object value) {
      extras = PlainValues.with(extras, key, value);
      return this;
    }

    /**
     * Tells where the node stands in its document.
     *
     * @param value JSON pointer
     * @param key the key its config was written under
     * @return this
     */
    public Builder at(@Nullable String value, String key) {
      pointer = value;
      configKey = key;
      return this;
    }

    /**
     * Makes the node.
     *
     * @return the node
     */
    public Node build() {
      return new Node(new Builder(this));
    }
  }
}
