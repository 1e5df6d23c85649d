package io.flowforge.spi;

import org.jspecify.annotations.Nullable;

/**
 * A node type that does something: one class, one config record, one line of registration.
 *
 * <p>Found by {@link java.util.ServiceLoader} (declare it in {@code module-info} and in {@code
 * META-INF/services/io.flowforge.spi.Action}), or given to {@code FlowForge.builder().action(…)}.
 * {@code discoverPlugins(false)} on the builder turns discovery off. Its constructor does no I/O.
 *
 * <p>One instance serves all nodes of its type and is called by many threads at once.
 *
 * @param <C> the config: a record whose components are the config's keys
 */
public interface Action<C> {
  /**
   * Describes the node type; called once.
   *
   * @return type, config record, ports and how it behaves
   */
  ActionDescriptor<C> descriptor();

  /**
   * Does the work of one attempt.
   *
   * <p>What it returns becomes the node's output, as plain values: maps, lists, texts, numbers,
   * booleans and null; records, beans, instants and the like are converted once. Returning {@link
   * Output#on} chooses a port; returning a {@link java.util.concurrent.CompletionStage} makes it
   * asynchronous, and no thread is held until the stage completes.
   *
   * @param config the config with all templates resolved
   * @param context what else the node knows and may do
   * @return the output
   * @throws Exception a failure of the attempt; {@link ActionException} carries a code of one's own
   */
  @Nullable Object run(C config, ActionContext context) throws Exception;

  /**
   * Checks what the config record alone cannot: called when a flow is planned, for nodes whose
   * config holds no template, and before every run for the others.
   *
   * @param config the config
   * @throws IllegalArgumentException with the config key, the value and the bound
   */
  default void validate(C config) {}
}
