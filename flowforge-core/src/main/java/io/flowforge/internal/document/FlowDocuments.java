package io.flowforge.internal.document;

import io.flowforge.flow.DocumentLimits;
import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.internal.text.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and writes flow documents. */
public final class FlowDocuments {
  /** Id of a flow that has neither id nor name and comes from no file. */
  private static final String NAMELESS = "flow";

  private FlowDocuments() {}

  private enum Format {
    JSON,
    YAML
  }

  /** Reads a file. */
  public static FlowDocument load(Path file, DocumentLimits limits) throws IOException {
    ReadRules rules = ReadRules.documents(limits);
    byte[] bytes;
    try (InputStream content = Files.newInputStream(file)) {
      bytes = content.readNBytes((int) rules.bytes() + 1);
    }
    String name = String.valueOf(file.getFileName());
    Format format = format(name);
    String fallbackId = fallbackId(name);
    ReadRules own = format == Format.YAML ? rules.inYaml() : rules;
    return read(() -> Utf8.text(bytes, own), rules, format, fallbackId);
  }

  /** Reads a text. */
  public static FlowDocument parse(String text, DocumentLimits limits) {
    ReadRules rules = ReadRules.documents(limits);
    return read(() -> Utf8.text(text, rules), rules, null, NAMELESS);
  }

  /** Reads bytes. */
  public static FlowDocument parse(byte[] utf8, DocumentLimits limits) {
    ReadRules rules = ReadRules.documents(limits);
    return read(() -> Utf8.text(utf8, rules), rules, null, NAMELESS);
  }

  /** The canonical JSON document of a flow. */
  public static String json(Flow flow) {
    return JsonWriter.pretty(FlowWriter.write(flow)) + "\n";
  }

  /** The canonical YAML document of a flow. */
  public static String yaml(Flow flow) {
    return YamlWriter.write(FlowWriter.write(flow));
  }

  /** The SHA-256 of the canonical form with sorted keys. */
  public static String hash(Flow flow) {
    String text = JsonWriter.compact(FlowWriter.sorted(FlowWriter.write(flow)));
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FlowDocument read(
      Supplier<String> source, ReadRules rules, @Nullable Format known, String fallbackId) {
    Findings findings = new Findings();
    try {
      String text = source.get();
      Format format = known == null ? guess(text) : known;
      Object value =
          format == Format.JSON
              ? JsonReader.read(text, rules, findings)
              : YamlReader.read(text, rules.inYaml(), findings);
      if (findings.isEmpty()) {
        Reading reading = new Reading(findings, rules);
        Flow flow = new FlowReader(reading).flow(value, Pointer.ROOT, null, fallbackId);
        return FlowDocument.of(flow, findings.sorted());
      }
      // What is left of an ambiguous text is not looked at: it could be another flow.
      return FlowDocument.of(null, findings.sorted());
    } catch (Unreadable refusal) {
      findings.add(refusal.problem());
      return FlowDocument.of(null, findings.sorted());
    }
  }

  private static @Nullable Format format(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return Format.YAML;
    }
    return lower.endsWith(".json") ? Format.JSON : null;
  }

  private static Format guess(String text) {
    return text.stripLeading().startsWith("{") ? Format.JSON : Format.YAML;
  }

  private static String fallbackId(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return Slug.of(dot > 0 ? fileName.substring(0, dot) : fileName);
  }
}
