package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.FlowForgeException;
import io.flowforge.ImportOptions;
import io.flowforge.InvalidFlowException;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.internal.run.JournalEntries;
import io.flowforge.internal.run.ParkReason;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredBlob;
import io.flowforge.spi.store.StoredExecution;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Executions as documents that lead from one store to another, alone or in an archive with the
 * blobs that they refer to. Blobs come before the execution, so what dies in between leaves only
 * content that nobody refers to.
 */
final class Transfer {
  private static final String FORMAT = "flowforge-execution";
  private static final int VERSION = 1;
  private static final int MOST_LETTERS = 64 << 20;

  /** No letter of Java has more bytes in UTF-8. */
  private static final int MOST_BYTES = 3 * MOST_LETTERS;

  private static final Json.Limits LIMITS = new Json.Limits(256L << 20, 200, 64 << 20);

  private final ExecutionAccess on;
  private final TransferBlobs blobs;

  Transfer(ExecutionAccess on) {
    this.on = on;
    this.blobs = new TransferBlobs(on);
  }

  // ---- out

  String export(String id) {
    StoredExecution stored = on.whole(id);
    return document(stored, blobs.of(stored));
  }

  void export(String id, OutputStream to) {
    StoredExecution stored = on.whole(id);
    Map<String, Optional<StoredBlob>> referred = blobs.of(stored);
    referred.forEach(
        (blob, there) -> {
          if (there.isEmpty()) {
            throw TransferBlobs.missing(id, blob);
          }
        });
    String document = document(stored, referred);
    try (ArchiveWriter archive = new ArchiveWriter(to)) {
      archive.document(document);
      blobs.write(id, referred.keySet(), archive);
      archive.finish();
    }
  }

  private String document(StoredExecution stored, Map<String, Optional<StoredBlob>> referred) {
    ExecutionRecord head = stored.head();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("format", FORMAT);
    document.put("version", VERSION);
    document.put("head", head(head));
    document.put("start", Json.parse(head.start(), LIMITS));
    document.put("flow", Json.parse(on.archive().flow(head.flowHash()).toJson(), LIMITS));
    document.put("pages", stored.pages().stream().map(page -> Json.parse(page, LIMITS)).toList());
    document.put("unread", stored.unread().stream().map(Transfer::message).toList());
    document.put("blobs", TransferBlobs.told(referred));
    // As whoever reads it will see it.
    Map<?, ?> read = map(Json.parse(Json.write(document), LIMITS));
    document.put("digest", digest(read));
    String text = Json.write(document);
    checkSize(text);
    return text;
  }

  private static Map<String, @Nullable Object> head(ExecutionRecord head) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", head.id());
    told.put("flowId", head.flowId());
    told.put("flowHash", head.flowHash());
    told.put("tenant", head.tenant());
    told.put("attributes", new TreeMap<>(head.attributes()));
    told.put("status", head.status().name());
    told.put("reason", head.reason());
    told.put("startedMicros", head.startedMicros());
    told.put("finishedMicros", head.finishedMicros());
    return told;
  }

  private static Map<String, Object> message(ReceivedMessage unread) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", unread.message().id());
    told.put("kind", unread.message().kind().name());
    told.put("name", unread.message().name());
    told.put("payload", unread.message().payload());
    return told;
  }

  // ---- in

  Execution take(String text, @Nullable String newId) {
    return take(text, newId, sizes -> {});
  }

  Execution take(InputStream from, ImportOptions options) {
    ArchiveReader archive = new ArchiveReader(from);
    return take(
        archive.document(MOST_BYTES),
        options.executionId(),
        sizes -> blobs.take(archive, sizes, options.blobLimit()));
  }

  /** Takes the blobs that come with the document, and takes out their sizes. */
  private Execution take(
      String text, @Nullable String newId, Consumer<Map<String, Long>> arriving) {
    checkSize(text);
    Map<?, ?> document = checked(text);
    Map<?, ?> head = map(document.get("head"));
    Flow flow = Flow.parse(Json.write(document.get("flow")));
    if (!flow.contentHash().equals(head.get("flowHash"))) {
      throw refused("FF-IMPORT-DIGEST", "its flow is not the one that the execution has run");
    }
    String first = text(head, "id");
    String id = newId == null ? first : newId;
    if (on.get(on.store().find(id)).isPresent()) {
      throw exists(id);
    }
    List<String> pages = new ArrayList<>();
    list(document.get("pages")).forEach(page -> pages.add(Json.write(page)));
    ExecutionStatus status = status(text(head, "status"));
    Start start =
        StartText.parse(Json.write(document.get("start")), text(head, "tenant"), Map.of());
    String keys = start.keysOf() == null ? first : start.keysOf();
    String startText =
        id.equals(first) ? Json.write(document.get("start")) : StartText.of(start.copied(keys));
    NewExecution created =
        new NewExecution(
            id,
            flow.id(),
            flow.contentHash(),
            text(head, "tenant"),
            attributes(head.get("attributes")),
            startText,
            JournalEntries.number(head, "startedMicros"),
            on.persistence().worker());
    List<EventWait> waits = status.isFinal() ? List.of() : waits(created, flow, pages, status);
    Map<String, Long> sizes = TransferBlobs.sizes(document.get("blobs"));
    arriving.accept(sizes);
    blobs.demand(sizes);
    on.archive().keep(flow);
    write(
        new Commit(
            id,
            on.persistence().worker(),
            1,
            1,
            page(pages),
            created,
            change(head, status),
            List.of(),
            waits,
            List.of(),
            status.isFinal() ? List.of() : unread(id, document.get("unread")),
            0));
    return new StoredHandle(on.persistence(), flow, id, true);
  }

  private void write(Commit commit) {
    Commit.Result result = on.write(commit);
    if (result == Commit.Result.EXISTS) {
      throw exists(commit.executionId());
    }
    if (result != Commit.Result.APPLIED) {
      throw ExecutionAccess.fenced();
    }
  }

  private static FlowForgeException exists(String id) {
    return new FlowForgeException(
        "FF-IMPORT-EXISTS",
        "execution " + id + " is in the store already; import it under another id");
  }

  private static Map<?, ?> checked(String text) {
    Map<?, ?> document = map(Json.parse(text, LIMITS));
    if (!FORMAT.equals(document.get("format"))) {
      throw refused("FF-IMPORT-FORMAT", "it is no exported execution");
    }
    if (JournalEntries.number(document, "version") != VERSION) {
      throw refused(
          "FF-IMPORT-VERSION",
          "it has version "
              + Shown.value(document.get("version"))
              + ", this engine reads version "
              + VERSION);
    }
    Map<Object, @Nullable Object> rest = new LinkedHashMap<>(document);
    Object digest = rest.remove("digest");
    if (!digest(rest).equals(digest)) {
      throw refused("FF-IMPORT-DIGEST", "it was changed since it was exported");
    }
    return document;
  }

  /** All entries in one page, so that the execution comes in one step. */
  private String page(List<String> pages) {
    List<Object> entries = new ArrayList<>();
    entries.add(Map.of("new", on.persistence().newId()));
    for (Map<?, ?> entry : JournalEntries.of(pages)) {
      if (!JournalEntries.kind(entry).equals("new")) {
        entries.add(entry);
      }
    }
    return Json.write(entries);
  }

  private HeadChange change(Map<?, ?> head, ExecutionStatus status) {
    return status.isFinal()
        ? HeadChange.ended(
            status,
            head.get("reason") instanceof String reason ? reason : null,
            JournalEntries.number(head, "finishedMicros"))
        : HeadChange.released(ExecutionStatus.PARKED, ParkReason.IMPORTED, 0);
  }

  /** The events that it waits for; the store is to bring them. */
  private List<EventWait> waits(
      NewExecution created, Flow flow, List<String> pages, ExecutionStatus status) {
    ExecutionRecord head =
        new ExecutionRecord(
            created.id(),
            created.flowId(),
            created.flowHash(),
            created.tenant(),
            created.attributes(),
            created.start(),
            status,
            null,
            null,
            1,
            pages.size(),
            0,
            0,
            0,
            created.startedMicros(),
            0);
    StoredExecution stored = new StoredExecution(head, pages, List.of());
    try {
      return on.persistence().takeovers().shown(stored, on.archive().plan(flow)).eventWaits();
    } catch (InvalidFlowException unknownType) {
      throw refused(
          "FF-IMPORT-FLOW",
          "its flow cannot be run here, and it has not ended: " + unknownType.getMessage());
    }
  }

  private static List<OutgoingMessage> unread(String id, @Nullable Object value) {
    List<OutgoingMessage> messages = new ArrayList<>();
    for (Object one : list(value)) {
      Map<?, ?> told = map(one);
      Message message =
          new Message(
              text(told, "id"),
              Message.Kind.valueOf(text(told, "kind")),
              text(told, "name"),
              text(told, "payload"));
      messages.add(new OutgoingMessage(id, message));
    }
    return messages;
  }

  // ---- parts

  private static void checkSize(String text) {
    if (text.length() > MOST_LETTERS) {
      throw new FlowForgeException(
          "FF-IMPORT-SIZE",
          "an exported execution has at most "
              + MOST_LETTERS
              + " letters, this one has "
              + text.length());
    }
  }

  static FlowForgeException refused(String code, String why) {
    return new FlowForgeException(code, "the document is refused: " + why);
  }

  static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw refused("FF-IMPORT-FORMAT", "an object is missing");
  }

  static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw refused("FF-IMPORT-FORMAT", "a list is missing");
  }

  static String text(Map<?, ?> map, String key) {
    if (map.get(key) instanceof String text) {
      return text;
    }
    throw refused("FF-IMPORT-FORMAT", "text \"" + key + "\" is missing");
  }

  private static ExecutionStatus status(String name) {
    for (ExecutionStatus status : ExecutionStatus.values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    throw refused("FF-IMPORT-FORMAT", "status " + Shown.quoted(name) + " is unknown");
  }

  private static Map<String, String> attributes(@Nullable Object value) {
    Map<String, String> attributes = new LinkedHashMap<>();
    map(value)
        .forEach((name, text) -> attributes.put(String.valueOf(name), Objects.toString(text, "")));
    return attributes;
  }

  private static String digest(Map<?, ?> document) {
    try {
      byte[] text = Json.write(document).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
