package io.flowforge.spi;

import io.flowforge.flow.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a node type is called, takes, gives and how it behaves. Immutable; every method but the
 * accessors returns a changed copy.
 *
 * <p>Unless told otherwise an action has the one port {@code main} (every type has {@code error} as
 * well), has an effect outside, and may block its thread.
 *
 * @param <C> the config record
 */
public final class ActionDescriptor<C> {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Parts<C> parts;

  private ActionDescriptor(Parts<C> parts) {
    this.parts = parts;
  }

  /**
   * Describes a node type.
   *
   * @param type its name in kebab-case, such as {@code http}
   * @param config the config record, or {@code Map.class} for a config with any keys
   * @param <C> the config record
   * @return the description
   * @throws IllegalArgumentException when the name is not kebab-case or the class is neither
   */
  @SuppressWarnings("unchecked")
  public static <C> ActionDescriptor<C> of(String type, Class<? super C> config) {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "type must be kebab-case such as \"send-mail\", was \"" + type + "\"");
    }
    if (!config.isRecord() && config != Map.class) {
      throw new IllegalArgumentException(
          "config of \"" + type + "\" must be a record or Map.class, was " + config.getName());
    }
    return new ActionDescriptor<>(new Parts<>(type, (Class<C>) config));
  }

  /**
   * A copy with other names that documents may use.
   *
   * @param values kebab-case or snake_case names
   * @return the copy
   */
  public ActionDescriptor<C> aliases(String... values) {
    Parts<C> copy = parts.copy();
    copy.aliases = List.of(values);
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy with a title for people.
   *
   * @param value a few words
   * @return the copy
   */
  public ActionDescriptor<C> title(String value) {
    Parts<C> copy = parts.copy();
    copy.title = value;
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy with a category to group the catalog by.
   *
   * @param value one word, such as {@code data}
   * @return the copy
   */
  public ActionDescriptor<C> category(String value) {
    Parts<C> copy = parts.copy();
    copy.category = value;
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy with a description.
   *
   * @param value a sentence or two
   * @return the copy
   */
  public ActionDescriptor<C> description(String value) {
    Parts<C> copy = parts.copy();
    copy.description = value;
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy with other ports; {@code error} is always there.
   *
   * @param values ports in the order of the catalog
   * @return the copy
   */
  public ActionDescriptor<C> ports(String... values) {
    Parts<C> copy = parts.copy();
    copy.ports = new LinkedHashSet<>(List.of(values));
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy for an action without effect outside, which gives the same output for the same input; it
   * is taken not to block its thread either.
   *
   * @return the copy
   */
  public ActionDescriptor<C> pure() {
    Parts<C> copy = parts.copy();
    copy.pure = true;
    copy.blocking = false;
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy for an action that may block its thread or compute for long, and so gets a thread of the
   * pool. The default for actions that are not {@link #pure()}.
   *
   * @return the copy
   */
  public ActionDescriptor<C> blocking() {
    Parts<C> copy = parts.copy();
    copy.blocking = true;
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy for an action that returns at once, and so runs on the thread that made it ready.
   *
   * @return the copy
   */
  public ActionDescriptor<C> nonBlocking() {
    Parts<C> copy = parts.copy();
    copy.blocking = false;
    return new ActionDescriptor<>(copy);
  }

  /**
   * A copy with an example config that runs by itself.
   *
   * @param config plain values by component name
   * @return the copy
   */
  public ActionDescriptor<C> example(Map<String, ? extends @Nullable Object> config) {
    Parts<C> copy = parts.copy();
    copy.example = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(config));
    return new ActionDescriptor<>(copy);
  }

  /**
   * The name.
   *
   * @return kebab-case
   */
  public String type() {
    return parts.type;
  }

  /**
   * The config record.
   *
   * @return a record class, or {@code Map.class}
   */
  public Class<C> config() {
    return parts.config;
  }

  /**
   * Other names that documents may use.
   *
   * @return unmodifiable list
   */
  public List<String> aliases() {
    return parts.aliases;
  }

  /**
   * The title for people.
   *
   * @return a few words; the type when none was given
   */
  public String title() {
    return parts.title.isEmpty() ? parts.type : parts.title;
  }

  /**
   * The category.
   *
   * @return one word; {@code other} when none was given
   */
  public String category() {
    return parts.category;
  }

  /**
   * The description.
   *
   * @return a sentence or two; may be empty
   */
  public String description() {
    return parts.description;
  }

  /**
   * The ports, without {@code error}.
   *
   * @return unmodifiable set in catalog order
   */
  public Set<String> ports() {
    return Collections.unmodifiableSet(parts.ports);
  }

  /**
   * Whether the action has no effect outside and gives the same output for the same input.
   *
   * @return false by default
   */
  public boolean isPure() {
    return parts.pure;
  }

  /**
   * Whether the action gets a thread of the pool.
   *
   * @return true by default
   */
  public boolean isBlocking() {
    return parts.blocking;
  }

  /**
   * The example.
   *
   * @return config that runs by itself, if one was given
   */
  public Optional<Map<String, Object>> example() {
    return Optional.ofNullable(parts.example);
  }

  @Override
  public String toString() {
    return parts.type + new ArrayList<>(parts.ports);
  }

  /** All that a descriptor holds. */
  private static final class Parts<C> {
    private final String type;
    private final Class<C> config;
    private List<String> aliases = List.of();
    private String title = "";
    private String category = "other";
    private String description = "";
    private Set<String> ports = Set.of(Edge.MAIN);
    private boolean pure;
    private boolean blocking = true;
    private @Nullable Map<String, Object> example;

    Parts(String type, Class<C> config) {
      this.type = Objects.requireNonNull(type, "type");
      this.config = config;
    }

    Parts<C> copy() {
      Parts<C> copy = new Parts<>(type, config);
      copy.aliases = aliases;
      copy.title = title;
      copy.category = category;
      copy.description = description;
      copy.ports = ports;
      copy.pure = pure;
      copy.blocking = blocking;
      copy.example = example;
      return copy;
    }
  }
}
