package io.flowforge.internal.document;

import io.flowforge.flow.Flow;
import io.flowforge.flow.Input;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes flows of plain values, in whatever dialect they are written. */
final class FlowReader {
  private final Reading reading;

  FlowReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * A whole flow.
   *
   * @param fallbackId id of a flow that has neither id nor name
   * @return the flow without its bad parts; null when there is nothing left of it
   */
  @Nullable Flow flow(
      @Nullable Object value, Pointer at, @Nullable String node, String fallbackId) {
    Fields outer = Fields.of(value, at, node, reading.findings());
    if (outer == null) {
      return null;
    }
    if (!outer.mentions("definition")) {
      return flow(outer, outer, fallbackId);
    }
    outer.refuseOthers(Keys.ENVELOPE);
    Fields inner = Fields.of(outer.raw("definition"), at.at("definition"), node, outer.findings());
    return inner == null ? null : flow(inner, outer, fallbackId);
  }

  /** A loop's body: a graph with outputs, without anything that belongs to an execution. */
  @Nullable Flow body(@Nullable Object value, Pointer at, String node) {
    Fields fields = Fields.of(value, at, node, reading.findings());
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.BODY);
    Flow.Builder flow = Flow.body().at(at.toString());
    extras(fields, Keys.FLOW_EXTRAS, flow);
    outputs(fields, flow);
    new GraphReader(reading, this).read(fields, flow);
    return flow.build();
  }

  private @Nullable Flow flow(Fields fields, Fields envelope, String fallbackId) {
    fields.refuseOthers(Keys.FLOW);
    refuseTwice(fields, envelope);
    Fields labels = envelope;
    Flow.Builder flow = Flow.builder(fallbackId).at(fields.pointer().toString());
    String name = either(fields, labels, "name").text("name");
    flow.name(name);
    flow.description(either(fields, labels, "description").text("description"));
    flow.tags(either(fields, labels, "tags").texts("tags"));
    flow.id(id(either(fields, labels, "id"), name == null ? fallbackId : Slug.of(name)));
    extras(envelope, Keys.FLOW_EXTRAS, flow);
    if (fields != envelope) {
      extras(fields, Keys.FLOW_EXTRAS, flow);
    }
    inputs(fields, flow);
    fields.values("variables").forEach(flow::variable);
    outputs(fields, flow);
    flow.settings(SettingsReader.read(fields));
    return new GraphReader(reading, this).read(fields, flow) ? flow.build() : null;
  }

  /** In an envelope a label stands at either level, never at both. */
  private static void refuseTwice(Fields fields, Fields envelope) {
    if (fields == envelope) {
      return;
    }
    for (String key : Keys.ENVELOPE) {
      if (!key.equals("definition") && fields.has(key) && envelope.has(key)) {
        fields.problem(
            Codes.KEY, key, key + " stands beside definition as well; keep one of them.");
      }
    }
  }

  private static Fields either(Fields fields, Fields envelope, String key) {
    return fields.mentions(key) ? fields : envelope;
  }

  private static String id(Fields fields, String fallback) {
    String id = fields.text("id");
    if (id == null) {
      return fallback;
    }
    if (!Slug.isId(id)) {
      fields.problem(Codes.ID, "id", "flow id " + Slug.RULE + ", was " + Shown.quoted(id) + ".");
      return fallback;
    }
    return id;
  }

  private static void extras(Fields fields, Set<String> keys, Flow.Builder flow) {
    for (String key : fields.values().keySet()) {
      if (keys.contains(key)) {
        flow.extra(key, fields.raw(key));
      }
    }
  }

  private static void outputs(Fields fields, Flow.Builder flow) {
    Fields outputs = fields.object("outputs");
    if (outputs != null) {
      flow.outputs(outputs.values());
    }
  }

  private static void inputs(Fields fields, Flow.Builder flow) {
    Fields declared = fields.object("inputs");
    if (declared == null) {
      return;
    }
    Map<String, Input> inputs = new LinkedHashMap<>();
    for (String name : declared.values().keySet()) {
      // An input that cannot be read is declared as anything, so that nothing else trips over it.
      Fields input =
          Fields.of(declared.raw(name), declared.pointer().at(name), null, fields.findings());
      inputs.put(name, input == null ? Input.of(Input.Type.ANY) : InputReader.read(name, input));
    }
    flow.inputs(inputs);
  }
}
