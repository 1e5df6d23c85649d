package io.flowforge.internal.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/**
 * Writes plain values as YAML in block style. Text is quoted wherever some YAML reader, of version
 * 1.1 too, might take it for something else.
 */
final class YamlWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setSplitLines(false)
          .setMaxSimpleKeyLength(1000)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
          .build();

  /**
   * What YAML 1.1 takes for a boolean, a merge or a default; numbers, dates and times; and blanks
   * at the ends, which the emitter overlooks in text that is nothing but blanks.
   */
  private static final Pattern RISKY =
      Pattern.compile(
          "(?i:y|n|yes|no|on|off|true|false|null)|<<|=|~|[-+.]?[0-9].*|\\s.*|.*\\s",
          Pattern.DOTALL);

  /** What some reader takes for a line break or does not print: only escapes keep it. */
  private static final Pattern ODD = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}&&[^\n ]]");

  private final Emitter out;

  private YamlWriter(Emitter out) {
    this.out = out;
  }

  static String write(Map<String, ? extends @Nullable Object> document) {
    Text text = new Text();
    YamlWriter writer = new YamlWriter(new Emitter(SETTINGS, text));
    writer.out.emit(new StreamStartEvent());
    writer.out.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    writer.value(document);
    writer.out.emit(new DocumentEndEvent(false));
    writer.out.emit(new StreamEndEvent());
    return text.whole.toString();
  }

  /** Where the emitter writes to. */
  private static final class Text implements StreamDataWriter {
    private final StringBuilder whole = new StringBuilder();

    @Override
    public void write(String part) {
      whole.append(part);
    }

    @Override
    public void write(String part, int offset, int length) {
      whole.append(part, offset, offset + length);
    }
  }

  private void value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      out.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text((String) entry.getKey(), ScalarStyle.PLAIN);
        value(entry.getValue());
      }
      out.emit(new MappingEndEvent());
    } else if (value instanceof List<?> list) {
      out.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
      list.forEach(this::value);
      out.emit(new SequenceEndEvent());
    } else if (value instanceof String text) {
      text(text, text.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    } else {
      scalar(JsonWriter.compact(value), true, ScalarStyle.PLAIN);
    }
  }

  private void text(String text, ScalarStyle style) {
    String whole = Texts.repaired(text);
    boolean escaped = ODD.matcher(whole).find();
    boolean plain =
        CoreSchema.kind(whole) == CoreSchema.Kind.TEXT && !RISKY.matcher(whole).matches();
    scalar(whole, plain && !escaped, escaped ? ScalarStyle.DOUBLE_QUOTED : style);
  }

  /** The emitter quotes what is not plain, and what its style cannot hold. */
  private void scalar(String text, boolean plain, ScalarStyle style) {
    ImplicitTuple implicit = new ImplicitTuple(plain, true);
    out.emit(new ScalarEvent(Optional.empty(), Optional.empty(), implicit, text, style));
  }
}
