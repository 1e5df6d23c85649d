package io.flowforge.spi;

/**
 * A node type that starts flows: one class, one config record, one line of registration.
 *
 * <p>Found by {@link java.util.ServiceLoader} (declare it in {@code module-info} and in {@code
 * META-INF/services/io.flowforge.spi.Trigger}), or given to the engine's builder. {@code
 * discoverPlugins(false)} on the builder turns discovery off. Its constructor does no I/O.
 *
 * <p>One instance serves all nodes of its type; several of them may be started at once, by several
 * threads. A flow can always be started by hand, without its triggers running.
 *
 * @param <C> the config: a record whose components are the config's keys
 */
public interface Trigger<C> {
  /**
   * Describes the node type; called once.
   *
   * @return type, config record and what events look like
   */
  TriggerDescriptor<C> descriptor();

  /**
   * Begins to watch for events on behalf of one node, until the handle is closed.
   *
   * <p>Returns soon: work that lasts belongs on {@link TriggerContext#executor()} or {@link
   * TriggerContext#time()}. Before it returns, nothing is fired.
   *
   * @param config the config; its templates see no execution, only credentials
   * @param context what the trigger knows and may do
   * @return stops it
   * @throws Exception when it cannot watch; it is tried again later and {@code health()} tells of
   *     it
   */
  Handle start(C config, TriggerContext context) throws Exception;

  /**
   * Checks what the config record alone cannot: called when a flow is planned.
   *
   * @param config the config
   * @throws IllegalArgumentException with the config key, the value and the bound
   */
  default void validate(C config) {}

  /** A trigger at work for one node. Thread-safe. */
  interface Handle extends AutoCloseable {
    /**
     * Ends the watch. Once it has returned nothing is fired any more; what was fired before stays
     * so. Closing again does nothing.
     */
    @Override
    void close();
  }
}
