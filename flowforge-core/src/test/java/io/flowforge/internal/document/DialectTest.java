package io.flowforge.internal.document;

import static io.flowforge.internal.document.Documents.flow;
import static io.flowforge.internal.document.Documents.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.flow.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
  @Test
  void hello_world_of_the_contract_is_read_as_it_stands() {
    Flow flow =
        flow(
            "{'name':'Hello World','nodes':[{'id':'webhook','type':'trigger','trigger_type':'webhook',"
                + "'config':{'webhook_id':'hello-world'}},{'id':'http-action','type':'action',"
                + "'action_type':'http','config':{'method':'GET','url':'https://example.org/'}}],"
                + "'connections':[{'from':'webhook','to':'http-action'}]}");
    assertThat(flow.id()).isEqualTo("hello-world");
    assertThat(flow.nodes()).extracting(Node::type).containsExactly("webhook", "http");
    assertThat(flow.edges()).containsExactly(Edge.of("webhook", "http-action"));
    assertThat(flow.edges().get(0).pointer()).isEqualTo("/connections/0");
  }

  @Test
  void the_support_bot_of_the_contract_is_read_as_it_stands() {
    Flow flow =
        flow(
            "{'name':'Support bot','nodes':{'node-1':{'type':'input','data':{'schema':{'message':"
                + "'string'}}},'node-2':{'type':'llm','data':{'provider':'openai','model':'m',"
                + "'prompt':'Answer ${node-1.output.message}'}},'node-3':{'type':'output','data':{"
                + "'output':'${node-2.output}'}}},'edges':[{'source':'node-1','target':'node-2'},"
                + "{'source':'node-2','target':'node-3'}]}");
    assertThat(flow.nodes()).extracting(Node::id).containsExactly("node-1", "node-2", "node-3");
    assertThat(flow.nodes().get(1).config()).containsKeys("provider", "model", "prompt");
    assertThat(flow.nodes().get(1).pointer()).isEqualTo("/nodes/node-2");
    assertThat(flow.nodes().get(1).configKey()).isEqualTo("data");
    assertThat(flow.edges()).hasSize(2);
  }

  @Test
  void react_flow_handles_are_ports_and_its_other_keys_stay() {
    Flow flow =
        flow(
            "{'name':'rf','viewport':{'zoom':1},'nodes':[{'id':'a','type':'if','data':{'label':'Is"
                + " it?','condition':'true'},'position':{'x':1.5,'deep':[1]},'measured':{'width':9},"
                + "'selected':true},{'id':'b','type':'echo'}],'edges':[{'id':'e1','source':'a',"
                + "'target':'b','sourceHandle':'true','targetHandle':'in','animated':true,"
                + "'label':'yes','style':{'stroke':'red'}},"
                + "{'id':'e2','source':'a','target':'b','sourceHandle':null}]}");
    Node node = flow.nodes().get(0);
    assertThat(node.name()).contains("Is it?");
    assertThat(node.config()).isEqualTo(Map.of("condition", "true"));
    assertThat(node.extras()).containsOnlyKeys("position", "measured", "selected");
    assertThat(flow.extras()).isEqualTo(Map.of("viewport", Map.of("zoom", 1)));
    assertThat(flow.edges()).extracting(Edge::port).containsExactly("true", "main");
    assertThat(flow.edges().get(0).extras())
        .containsOnlyKeys("targetHandle", "animated", "label", "style");
  }

  @Test
  void an_envelope_is_unwrapped_and_places_stay_those_of_the_file() {
    Flow flow =
        flow(
            "{'name':'w','tags':['x'],'definition':{'nodes':[{'id':'a','type':'echo'}],'edges':[],"
                + "'outputs':{'v':1}}}");
    assertThat(flow.id()).isEqualTo("w");
    assertThat(flow.tags()).containsExactly("x");
    assertThat(flow.pointer()).isEqualTo("/definition");
    assertThat(flow.nodes().get(0).pointer()).isEqualTo("/definition/nodes/0");
    assertThat(
            problems(
                "{'name':'w','edges':[],'definition':{'name':'v','nodes':{'a':{'type':'x'}}}}"))
        .extracting(Problem::path)
        .containsExactly("/definition/name", "/edges");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'type':'http'                                      | http
          'type':'http_request'                              | http-request
          'type':'for_each'                                  | for-each
          'type':'action','action_type':'send_email'         | send-email
          'type':'operation','operation_type':'filter'       | filter
          'type':'trigger','trigger_type':'cron'             | cron
          'type':'trigger'                                   | trigger
          'action_type':'http'                               | http
          'type':'http','action_type':'http'                 | http
          """)
  void types_are_found_in_every_dialect(String keys, String type) {
    Flow flow = flow("{'nodes':{'a':{" + keys + "}}}");
    assertThat(flow.nodes().get(0).type()).isEqualTo(type);
  }

  @Test
  void dependencies_become_edges_once() {
    Flow flow =
        flow(
            "{'nodes':{'a':{'type':'echo'},'b':{'type':'echo','dependsOn':['a']},'c':{'type':'echo',"
                + "'dependencies':['a','b','a'],'dependsOn':['b']}},"
                + "'edges':[{'from':'a','to':'b'},{'from':'a','to':'c','port':'error'}]}");
    assertThat(flow.edges())
        .extracting(Edge::toString)
        .containsExactly("a → b", "a:error → c", "b → c", "a → c");
    assertThat(flow.edges().get(2).pointer()).isEqualTo("/nodes/c/dependsOn/0");
  }

  @Test
  void children_of_a_loop_become_its_body() {
    Flow flow =
        flow(
            "{'name':'rf','nodes':[{'id':'c1','type':'echo','parentId':'l'},{'id':'l','type':'loop',"
                + "'data':{'items':[1]}},{'id':'in','type':'for_each','parentId':'l'},{'id':'d',"
                + "'type':'echo','parentId':'in','extent':'parent'},{'id':'z','type':'echo'}],"
                + "'edges':[{'source':'c1','target':'in'},{'source':'l','target':'z'}]}");
    assertThat(flow.nodes()).extracting(Node::id).containsExactly("l", "z");
    assertThat(flow.edges()).containsExactly(Edge.of("l", "z"));
    Flow body = flow.nodes().get(0).body().orElseThrow();
    assertThat(body.nodes()).extracting(Node::id).containsExactly("c1", "in");
    assertThat(body.edges()).containsExactly(Edge.of("c1", "in"));
    Node inner = body.nodes().get(1).body().orElseThrow().nodes().get(0);
    assertThat(inner.pointer()).isEqualTo("/nodes/3");
    assertThat(inner.extras()).containsEntry("extent", "parent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'parentId':'gone'      | names no node of this graph
          'parentId':'plain'     | must name a loop
          'parentId':'full'      | has a body already
          'parentId':'me'        | leads back to the node itself
          """)
  void a_parent_that_cannot_be_one_is_reported(String key, String says) {
    assertThat(
            problems(
                "{'nodes':{'me':{'type':'loop',"
                    + key
                    + "},'plain':{'type':'echo'},'full':{'type':'loop','config':{'body':{'nodes':"
                    + "{'x':{'type':'echo'}}}}}}}"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("FF-DEF-PARENT");
              assertThat(problem.path()).isEqualTo("/nodes/me/parentId");
              assertThat(problem.message()).contains(says);
            });
  }

  @Test
  void parents_in_a_ring_or_without_end_are_reported() {
    assertThat(
            problems(
                "{'nodes':{'a':{'type':'loop','parentId':'b'},'b':{'type':'loop','parentId':'a'}}}"))
        .hasSize(1);
    StringBuilder nodes = new StringBuilder("'n0':{'type':'loop'}");
    for (int i = 1; i < 2000; i++) {
      nodes.append(",'n").append(i).append("':{'type':'loop','parentId':'n").append(i - 1);
      nodes.append("'}");
    }
    assertThat(problems("{'nodes':{" + nodes + "}}"))
        .hasSize(100)
        .allMatch(problem -> problem.message().contains("nested deeper than 16"));
  }

  @Test
  void an_edge_across_the_border_of_a_loop_is_reported() {
    assertThat(
            problems(
                "{'nodes':{'l':{'type':'loop'},'in':{'type':'echo','parentId':'l'},'out':{'type':"
                    + "'echo'}},'edges':[{'from':'in','to':'out'}]}"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("FF-DEF-EDGE");
              assertThat(problem.path()).isEqualTo("/edges/0");
            });
  }

  @Test
  void bodies_and_inline_flows_are_read_into_the_node() {
    Flow flow =
        flow(
            "{'nodes':[{'id':'l','type':'while','config':{'condition':'true','maxIterations':2,"
                + "'body':{'nodes':{'x':{'type':'echo'},'y':{'type':'echo','dependsOn':['x']}},"
                + "'outputs':{'v':1}}}},{'id':'s','type':'execute_workflow','config':{'flow':{"
                + "'name':'Child','nodes':{'z':{'type':'echo'}}},'wait':false}},"
                + "{'id':'h','type':'http','config':{'body':{'nodes':5}}},"
                + "{'id':'n','type':'subflow','config':{'flow':'other'}}]}");
    Node loop = flow.nodes().get(0);
    Flow body = loop.body().orElseThrow();
    assertThat(loop.config()).containsOnlyKeys("condition", "maxIterations");
    assertThat(body.id()).isEmpty();
    assertThat(body.pointer()).isEqualTo("/nodes/0/config/body");
    assertThat(body.nodes().get(1).pointer()).isEqualTo("/nodes/0/config/body/nodes/y");
    assertThat(body.edges()).containsExactly(Edge.of("x", "y"));
    assertThat(body.outputs()).contains(Map.of("v", 1));
    assertThat(flow.nodes().get(1).body().orElseThrow().id()).isEqualTo("child");
    assertThat(flow.nodes().get(1).config()).isEqualTo(Map.of("wait", false));
    assertThat(flow.nodes().get(2).config()).containsKey("body");
    assertThat(flow.nodes().get(3).config()).isEqualTo(Map.of("flow", "other"));
  }

  @ParameterizedTest
  @CsvSource({
    "Hello World, hello-world",
    "'  Grüße, Straße!  ', grusse-strasse",
    "Ünïcödé 2, unicode-2",
    "a--b__c, a-b-c",
    "日本, flow-cf2abf0c5be3"
  })
  void the_id_of_a_flow_is_by_default_made_of_its_name(String name, String id) {
    assertThat(flow("{'name':'" + name + "','nodes':{'a':{'type':'echo'}}}").id()).isEqualTo(id);
  }

  @Test
  void null_counts_as_absent() {
    Flow flow =
        flow(
            "{'id':'x','name':null,'inputs':null,'outputs':null,'settings':null,'edges':null,"
                + "'nodes':[{'id':'a','type':'echo','config':null,'retry':null,'fallback':null}]}");
    assertThat(flow).isEqualTo(Flow.builder("x").node("a", "echo").build());
    assertThat(flow.inputs()).isEmpty();
  }

  @Test
  void names_that_mean_the_same_may_not_both_be_used() {
    assertThat(
            problems(
                "{'nodes':[{'id':'a','type':'echo','config':{},'data':{}},{'id':'b','type':'http',"
                    + "'action_type':'echo','name':'B','data':{'label':'C'}}],'connections':[],"
                    + "'edges':[{'from':'a','source':'a','to':'b','target':'b','port':'main',"
                    + "'sourceHandle':'main'}]}"))
        .extracting(Problem::path)
        .isEqualTo(
            List.of(
                "/connections",
                "/edges/0/source",
                "/edges/0/sourceHandle",
                "/edges/0/target",
                "/nodes/0/data",
                "/nodes/1/action_type",
                "/nodes/1/data/label"));
  }
}
