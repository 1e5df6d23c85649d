package io.flowforge.internal.control;

import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Key;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Config of {@code subflow}, without an inline flow. */
public record SubflowConfig(
    @Doc("Id of the flow to run, or a whole flow document.") @Nullable String flow,
    @Doc("Version of the flow; the newest unless told otherwise.") @Nullable String version,
    @Doc("Inputs of the flow.") @Nullable Map<String, Object> inputs,
    @Doc("Whether to wait for its end.") @Default("true") @Key("wait") boolean awaited) {}
