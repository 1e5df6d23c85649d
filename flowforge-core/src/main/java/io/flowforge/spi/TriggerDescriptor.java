package io.flowforge.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger's node type is called, takes and gives. Immutable; every method but the accessors
 * returns a changed copy.
 *
 * <p>A trigger node has the one port {@code main} (every type has {@code error} as well); its
 * output is the event that fired it.
 *
 * @param <C> the config record
 */
public final class TriggerDescriptor<C> {
  private final ActionDescriptor<C> node;
  private final @Nullable Object event;

  private TriggerDescriptor(ActionDescriptor<C> node, @Nullable Object event) {
    this.node = node;
    this.event = event;
  }

  /**
   * Describes a trigger.
   *
   * @param type its name in kebab-case, such as {@code file-watch}
   * @param config the config record, or {@code Map.class} for a config with any keys
   * @param <C> the config record
   * @return the description
   * @throws IllegalArgumentException when the name is not kebab-case or the class is neither
   */
  public static <C> TriggerDescriptor<C> of(String type, Class<? super C> config) {
    ActionDescriptor<C> node = ActionDescriptor.of(type, config);
    return new TriggerDescriptor<>(node.category("trigger").pure(), null);
  }

  /**
   * A copy with other names that documents may use.
   *
   * @param values kebab-case or snake_case names
   * @return the copy
   */
  public TriggerDescriptor<C> aliases(String... values) {
    return new TriggerDescriptor<>(node.aliases(values), event);
  }

  /**
   * A copy with a title for people.
   *
   * @param value a few words
   * @return the copy
   */
  public TriggerDescriptor<C> title(String value) {
    return new TriggerDescriptor<>(node.title(value), event);
  }

  /**
   * A copy with a category to group the catalog by; {@code trigger} unless told otherwise.
   *
   * @param value one word
   * @return the copy
   */
  public TriggerDescriptor<C> category(String value) {
    return new TriggerDescriptor<>(node.category(value), event);
  }

  /**
   * A copy with a description.
   *
   * @param value a sentence or two
   * @return the copy
   */
  public TriggerDescriptor<C> description(String value) {
    return new TriggerDescriptor<>(node.description(value), event);
  }

  /**
   * A copy with an example config.
   *
   * @param config plain values by key
   * @return the copy
   */
  public TriggerDescriptor<C> example(Map<String, ? extends @Nullable Object> config) {
    return new TriggerDescriptor<>(node.example(config), event);
  }

  /**
   * A copy with an example of the events it fires, which shows their shape.
   *
   * @param value plain value
   * @return the copy
   */
  public TriggerDescriptor<C> event(Object value) {
    return new TriggerDescriptor<>(node, value);
  }

  /**
   * The name.
   *
   * @return kebab-case
   */
  public String type() {
    return node.type();
  }

  /**
   * The config record.
   *
   * @return a record class, or {@code Map.class}
   */
  public Class<C> config() {
    return node.config();
  }

  /**
   * Other names that documents may use.
   *
   * @return unmodifiable list
   */
  public List<String> aliases() {
    return node.aliases();
  }

  /**
   * The example of its events.
   *
   * @return plain value, if one was given
   */
  public Optional<Object> event() {
    return Optional.ofNullable(event);
  }

  /**
   * The trigger as the node that stands for it in a flow: pure, and never blocking.
   *
   * @return description with this one's names, config, title, category, text and example
   */
  public ActionDescriptor<C> node() {
    return node;
  }

  @Override
  public String toString() {
    return node.type();
  }
}
