package io.flowforge.internal.document;

import static io.flowforge.internal.document.Documents.assertCivil;
import static io.flowforge.internal.document.Documents.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flowforge.flow.DocumentLimits;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows B-FD of the fault catalogue that can be told from the document alone. */
class BadDocumentTest {
  private static final String NODES = "'nodes':[{'id':'a','type':'echo'}]";

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_bad_document_is_refused_with_code_and_place(
      String row, byte[] content, String code, String path) {
    FlowDocument document = Documents.file(folder, "flow.json", content);
    assertCivil(document);
    assertThat(document.problems())
        .as("%s: %s", row, document.problems())
        .extracting(problem -> problem.code() + " " + problem.path())
        .contains(code + " " + path);
  }

  static Stream<Arguments> rows() {
    List<Arguments> rows = new ArrayList<>();
    syntax(rows);
    numbersAndStrings(rows);
    ids(rows);
    shapes(rows);
    policies(rows);
    return rows.stream();
  }

  private static void syntax(List<Arguments> rows) {
    row(rows, "B-FD-01 empty", "", "FF-DEF-JSON", "");
    row(rows, "B-FD-01 white space", " \n\t ", "FF-DEF-JSON", "");
    row(rows, "B-FD-01 null", "null", "FF-DEF-SHAPE", "");
    row(rows, "B-FD-01 list", "[]", "FF-DEF-SHAPE", "");
    row(rows, "B-FD-01 text", "'x'", "FF-DEF-SHAPE", "");
    row(rows, "B-FD-01 number", "42", "FF-DEF-SHAPE", "");
    row(rows, "B-FD-01 object", "{}", "FF-DEF-EMPTY", "");
    String good = quoted("{" + NODES + "}");
    bytes(rows, "B-FD-01 UTF-16", good.getBytes(StandardCharsets.UTF_16), "FF-DEF-JSON");
    bytes(rows, "B-FD-01 UTF-16LE", good.getBytes(StandardCharsets.UTF_16LE), "FF-DEF-JSON");
    bytes(
        rows,
        "B-FD-01 Latin-1",
        "{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
        "FF-DEF-JSON");
    row(rows, "B-FD-03 trailing text", "{" + NODES + "} garbage", "FF-DEF-JSON", "");
    row(rows, "B-FD-03 two documents", "{" + NODES + "}{}", "FF-DEF-JSON", "");
    row(rows, "B-FD-03 NUL byte", "{" + NODES + "}\0", "FF-DEF-JSON", "");
    row(rows, "B-FD-04 twice", "{" + NODES + "," + NODES + "}", "FF-DEF-DUPLICATE-KEY", "/nodes");
    row(
        rows,
        "B-FD-04 twice inside",
        "{'nodes':[{'id':'a','config':{'k':1,'k':1}}]}",
        "FF-DEF-DUPLICATE-KEY",
        "/nodes/0/config/k");
    for (int depth : new int[] {65, 1001, 10_000, 1_000_000}) {
      String path = "/variables" + "/0".repeat(63);
      row(
          rows,
          "B-FD-05 depth " + depth,
          "{'variables':" + "[".repeat(depth),
          "FF-DEF-DEPTH",
          path);
    }
  }

  private static void numbersAndStrings(List<Arguments> rows) {
    for (String number :
        List.of(
            "1e999999999", "-1e309", "1e-400", "NaN", "Infinity", "0x10", "01", "1.", ".5", "+1")) {
      boolean parsed = number.matches("-?1e.*");
      row(
          rows,
          "B-FD-06 " + number,
          "{'variables':{'v':" + number + "}," + NODES + "}",
          "FF-DEF-NUMBER",
          parsed ? "/variables/v" : "");
    }
    row(
        rows,
        "B-FD-06 1,001 digits",
        "{'variables':{'v':" + "7".repeat(1001) + "}," + NODES + "}",
        "FF-DEF-NUMBER",
        "/variables/v");
    row(rows, "B-FD-07 NUL", "{'name':'a\\u0000'," + NODES + "}", "FF-DEF-STRING", "/name");
    row(
        rows,
        "B-FD-07 lone surrogate",
        "{'name':'\\ud800'," + NODES + "}",
        "FF-DEF-STRING",
        "/name");
    String megabytes = "x".repeat(1_100_000);
    row(
        rows,
        "B-FD-07 long text",
        "{'name':'" + megabytes + "'," + NODES + "}",
        "FF-DEF-STRING",
        "/name");
    row(rows, "B-FD-07 20 MB", "{'name':'" + megabytes.repeat(19) + "'}", "FF-DEF-SIZE", "");
    String key = "k".repeat(50_001);
    row(rows, "B-FD-07 long key", "{'" + key + "':1," + NODES + "}", "FF-DEF-KEY", "/" + key);
  }

  private static void ids(List<Arguments> rows) {
    for (String id :
        List.of(
            "",
            "a b",
            "-a",
            "_a",
            "a.b",
            "ä",
            "a\u0308",
            "a\u200Bb",
            "a\u202Eb",
            "ａ",
            "а",
            "x".repeat(129),
            "${a}")) {
      row(
          rows,
          "B-FD-09 id " + Documents.quoted(id),
          node("{'id':'" + id + "','type':'echo'}"),
          "FF-DEF-ID",
          "/nodes/0/id");
    }
    row(rows, "B-FD-09 number", node("{'id':5,'type':'echo'}"), "FF-DEF-ID", "/nodes/0/id");
    row(rows, "B-FD-09 null", node("{'id':null,'type':'echo'}"), "FF-DEF-ID", "/nodes/0/id");
    row(rows, "B-FD-09 no id", node("{'type':'echo'}"), "FF-DEF-ID", "/nodes/0/id");
    row(rows, "B-FD-09 flow id", "{'id':'a b'," + NODES + "}", "FF-DEF-ID", "/id");
    for (String twin : List.of("aI", "AI", "Ai", "ai")) {
      row(
          rows,
          "B-FD-09 twin " + twin,
          "{'nodes':[{'id':'ai','type':'echo'},{'id':'" + twin + "','type':'echo'}]}",
          "FF-DEF-DUPLICATE-ID",
          "/nodes/1/id");
    }
    row(
        rows,
        "B-FD-09 twin in a map",
        "{'nodes':{'a':{'type':'echo'},'A':{'type':'echo'}}}",
        "FF-DEF-DUPLICATE-ID",
        "/nodes/A");
  }

  private static void shapes(List<Arguments> rows) {
    row(rows, "B-FD-10 no node", "{'nodes':[]}", "FF-DEF-EMPTY", "/nodes");
    row(rows, "B-FD-10 no node in a map", "{'nodes':{}}", "FF-DEF-EMPTY", "/nodes");
    row(
        rows,
        "B-FD-10 edge without end",
        "{" + NODES + ",'edges':[{'from':'a'}]}",
        "FF-DEF-EDGE",
        "/edges/0");
    row(
        rows,
        "B-FD-10 number as end",
        "{" + NODES + ",'edges':[{'from':'a','to':1}]}",
        "FF-DEF-SHAPE",
        "/edges/0/to");
    row(rows, "B-FD-11 no type", node("{'id':'a'}"), "FF-DEF-TYPE", "/nodes/0");
    row(
        rows,
        "B-FD-11 action without type",
        node("{'id':'a','type':'action'}"),
        "FF-DEF-TYPE",
        "/nodes/0/type");
    row(rows, "B-FD-11 number", node("{'id':'a','type':5}"), "FF-DEF-SHAPE", "/nodes/0/type");
    row(
        rows,
        "B-FD-12 100,001 nodes",
        "{'nodes':[" + "{},".repeat(100_000) + "{}]}",
        "FF-DEF-SIZE",
        "/nodes");
    row(
        rows,
        "B-FD-12 1,000,000 nodes",
        "{'nodes':[" + "{},".repeat(1_000_000) + "{}]}",
        "FF-DEF-SIZE",
        "/nodes");
    row(
        rows,
        "B-FD-12 500,001 edges",
        "{'edges':[" + "0,".repeat(500_000) + "0]}",
        "FF-DEF-SIZE",
        "/edges");
    String[][] wrong = {
      {"'nodes':5", "/nodes"}, {"'edges':{}", "/edges"}, {"'edges':[1]", "/edges/0"},
      {"'inputs':[]", "/inputs"}, {"'variables':'v'", "/variables"}, {"'outputs':3", "/outputs"},
      {"'settings':[]", "/settings"}, {"'id':7", "/id"}, {"'name':[]", "/name"},
      {"'tags':'a'", "/tags"}, {"'tags':[1]", "/tags/0"}, {"'inputs':{'x':1}", "/inputs/x"}
    };
    for (String[] pair : wrong) {
      String rest = pair[0].startsWith("'nodes'") ? "" : "," + NODES;
      row(rows, "B-FD-13 " + pair[0], "{" + pair[0] + rest + "}", "FF-DEF-SHAPE", pair[1]);
    }
    for (String key : List.of("__proto__", "constructor", "class", "$ref", "@type", "hashCode")) {
      row(rows, "B-FD-14 " + key, "{'" + key + "':1," + NODES + "}", "FF-DEF-KEY", "/" + key);
      String field = node("{'id':'a','type':'echo','" + key + "':'java.util.HashSet'}");
      row(rows, "B-FD-14 node " + key, field, "FF-DEF-KEY", "/nodes/0/" + key);
    }
  }

  private static void policies(List<Arguments> rows) {
    String[][] wrong = {
      {"'retry':{'maxAttempts':-1}", "/retry/maxAttempts"},
      {"'retry':{'maxAttempts':0}", "/retry/maxAttempts"},
      {"'retry':{'maxAttempts':2147483648}", "/retry/maxAttempts"},
      {"'retry':{'maxAttempts':1000000000}", "/retry/maxAttempts"},
      {"'retry':{'maxAttempts':1.5}", "/retry/maxAttempts"},
      {"'retry':{'maxAttempts':'3'}", "/retry/maxAttempts"},
      {"'retry':{'delay':'-1s'}", "/retry/delay"},
      {"'retry':{'delay':5}", "/retry/delay"},
      {"'retry':{'maxDelay':'NaN'}", "/retry/maxDelay"},
      {"'retry':{'maxElapsed':'0s'}", "/retry/maxElapsed"},
      {"'retry':{'strategy':'random'}", "/retry/strategy"},
      {"'retry':{'jitter':true}", "/retry/jitter"},
      {"'timeout':'0s'", "/timeout"},
      {"'timeout':0", "/timeout"},
      {"'timeout':'-5s'", "/timeout"},
      {"'timeout':'3650000d'", "/timeout"},
      {"'timeout':'P1000000000Y'", "/timeout"},
      {"'timeout':{'total':'soon'}", "/timeout/total"},
      {"'join':'most'", "/join"},
      {"'join':{}", "/join"},
      {"'join':{'atLeast':0}", "/join/atLeast"},
      {"'onError':'contineu'", "/onError"},
      {"'cache':{}", "/cache"},
      {"'cache':{'ttl':'0s'}", "/cache/ttl"},
      {"'rateLimit':{'permits':0,'per':'1s'}", "/rateLimit/permits"},
      {"'rateLimit':{'permits':1}", "/rateLimit"},
      {"'rateLimit':{'per':'1s'}", "/rateLimit"},
      {"'circuitBreaker':{'failureThreshold':0}", "/circuitBreaker/failureThreshold"},
      {"'circuitBreaker':{'whenOpen':'wait'}", "/circuitBreaker/whenOpen"}
    };
    for (String[] pair : wrong) {
      String document = node("{'id':'a','type':'echo'," + pair[0] + "}");
      row(rows, "B-FD-16 " + pair[0], document, "FF-DEF-CONFIG", "/nodes/0" + pair[1]);
    }
    String settings =
        "{'settings':{'timeout':'0s','maxParallelism':0,'concurrency':{'limit':0,'overlap':'x'}},";
    for (String key :
        List.of("timeout", "maxParallelism", "concurrency/limit", "concurrency/overlap")) {
      row(
          rows,
          "B-FD-16 settings " + key,
          settings + NODES + "}",
          "FF-DEF-CONFIG",
          "/settings/" + key);
    }
    String inputs =
        "{'inputs':{'a':{'type':'int'},'b':{'type':'number','default':'1'},'c':{'enum':[]},"
            + "'d':{'type':'string','enum':[1]},'e':{'enum':['x'],'default':'y'}},";
    row(rows, "B-FD-13 input type", inputs + NODES + "}", "FF-DEF-CONFIG", "/inputs/a/type");
    for (String place : List.of("b/default", "c/enum", "d/enum/0", "e/default")) {
      row(rows, "B-FD-13 input " + place, inputs + NODES + "}", "FF-DEF-INPUT", "/inputs/" + place);
    }
  }

  private static String node(String node) {
    return "{'nodes':[" + node + "]}";
  }

  private static void row(
      List<Arguments> rows, String name, String json, String code, String path) {
    byte[] content = quoted(json).getBytes(StandardCharsets.UTF_8);
    rows.add(Arguments.of(name, content, code, path));
  }

  private static void bytes(List<Arguments> rows, String name, byte[] content, String code) {
    rows.add(Arguments.of(name, content, code, ""));
  }

  @Test
  void all_problems_of_a_document_are_told_at_once() {
    FlowDocument document =
        FlowDocument.parse(
            quoted(
                "{'nodez':1,'nodes':[{'id':'a','type':'ecko'},{'id':'b','type':'echo','timeout':'x',"
                    + "'retry':{'maxAttempt':2}},{'id':'c','config':[]}],'edges':[{'from':'c',"
                    + "'to':'d','condtion':'x'}]}"));
    assertCivil(document);
    assertThat(document.problems())
        .extracting(Problem::path)
        .containsExactly(
            "/edges/0/condtion",
            "/nodes/1/retry/maxAttempt",
            "/nodes/1/timeout",
            "/nodes/2",
            "/nodes/2/config",
            "/nodez");
    assertThat(document.flow()).isPresent();
    assertThat(document.flow().get().nodes()).hasSize(3);
    assertThat(document.flow().get().edges()).hasSize(1);
  }

  @Test
  void problems_are_capped_and_the_same_every_time() {
    String nodes = "{'id':'!','type':'echo','x':1},".repeat(5000);
    String document = quoted("{'nodes':[" + nodes + "{'id':'a','type':'echo'}]}");
    List<Problem> problems = FlowDocument.parse(document).problems();
    assertThat(problems).hasSize(100).isEqualTo(FlowDocument.parse(document).problems());
  }

  @Test
  void a_document_of_nothing_but_problems_is_read_in_one_go() {
    String twice = "'a':0,".repeat(700_000);
    assertThat(FlowDocument.parse(quoted("{" + twice + "'a':0}")).problems())
        .hasSizeBetween(1, 100)
        .allMatch(problem -> problem.code().equals("FF-DEF-DUPLICATE-KEY"));
    String foreign = "'nodes':{'a':{'type':'echo'}}";
    StringBuilder keys = new StringBuilder("{");
    for (int i = 0; i < 300_000; i++) {
      keys.append("'k").append(i).append("':0,");
    }
    assertThat(FlowDocument.parse(quoted(keys + foreign + "}")).problems()).hasSize(100);
  }

  @Test
  void limits_can_be_set() {
    String flow = quoted("{" + NODES + ",'edges':[{'from':'a','to':'a'}]}");
    DocumentLimits limits = DocumentLimits.DEFAULT;
    assertThat(codes(flow, limits.withBytes(10))).containsExactly("FF-DEF-SIZE");
    assertThat(codes(flow, limits.withDepth(2))).containsExactly("FF-DEF-DEPTH");
    assertThat(codes(flow, limits.withGraph(1, 1))).isEmpty();
    String body = "{'id':'b','type':'loop','config':{'body':{'nodes':{'c':{'type':'echo'}}}}}";
    String two = quoted("{'nodes':[{'id':'a','type':'echo'}," + body + "]}");
    assertThat(codes(two, limits.withGraph(2, 1))).containsExactly("FF-DEF-SIZE");
    assertThat(codes(two, limits.withGraph(3, 1))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits.withDepth(65))
        .withMessageContaining("depth <= 64");
  }

  private static List<String> codes(String document, DocumentLimits limits) {
    return FlowDocument.parse(document, limits).problems().stream().map(Problem::code).toList();
  }

  @Test
  void edges_of_a_refused_node_are_not_told_to_dangle() {
    FlowDocument document =
        FlowDocument.parse(
            quoted(
                "{'nodes':[{'id':'a','type':'echo'},{'id':'b c','type':'echo'}],"
                    + "'edges':[{'from':'a','to':'b c'}]}"));
    assertThat(document.problems()).hasSize(1);
    assertThat(document.flow().orElseThrow().edges()).isEmpty();
  }

  @Test
  void a_byte_order_mark_is_skipped() {
    byte[] content = quoted("\uFEFF{" + NODES + "}").getBytes(StandardCharsets.UTF_8);
    assertThat(Documents.file(folder, "bom.json", content).isValid()).isTrue();
    assertThat(FlowDocument.parse(quoted("\uFEFF{" + NODES + "}")).isValid()).isTrue();
  }

  @Test
  void the_largest_flow_there_may_be_is_read() {
    StringBuilder nodes = new StringBuilder("\"n0\":{\"type\":\"echo\"}");
    for (int i = 1; i < 100_000; i++) {
      String before = Integer.toHexString(i - 1);
      nodes.append(",\"n").append(Integer.toHexString(i)).append("\":{\"type\":\"echo\",");
      nodes.append("\"dependsOn\":[\"n").append(before).append("\"]}");
    }
    FlowDocument document = FlowDocument.parse("{\"nodes\":{" + nodes + "}}");
    assertThat(document.problems()).isEmpty();
    assertThat(document.flow().orElseThrow().edges()).hasSize(99_999);
  }

  @Test
  void data_keys_that_mean_something_elsewhere_stay_data() {
    FlowDocument document =
        FlowDocument.parse(
            quoted(
                node(
                    "{'id':'a','type':'echo','config':{'__proto__':{'@class':'java.util.Date'},"
                        + "'v':['java.util.HashSet',[1]],'$ref':'#/'}}")));
    assertThat(document.orThrow().nodes().get(0).config())
        .hasToString("{__proto__={@class=java.util.Date}, v=[java.util.HashSet, [1]], $ref=#/}");
  }
}
