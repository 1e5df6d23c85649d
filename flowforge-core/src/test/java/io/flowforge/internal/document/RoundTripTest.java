package io.flowforge.internal.document;

import static io.flowforge.internal.document.Documents.flow;
import static io.flowforge.internal.document.Documents.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Corpora;
import io.flowforge.execution.Json;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Test
  void any_flow_comes_back_equal_from_json_and_yaml() {
    for (int seed = 0; seed < 150; seed++) {
      Flow flow = new RandomFlows(seed).flow();
      String json = flow.toJson();
      assertThat(Flow.parse(json)).as("JSON of seed %s", seed).isEqualTo(flow);
      assertThat(Flow.parse(flow.toYaml())).as("YAML of seed %s", seed).isEqualTo(flow);
      assertThat(Flow.parse(json).toJson()).isEqualTo(json);
    }
  }

  @Test
  void equal_flows_have_equal_hashes_and_others_do_not() {
    Set<String> hashes = new HashSet<>();
    for (int seed = 0; seed < 60; seed++) {
      Flow flow = new RandomFlows(seed).flow();
      assertThat(flow.contentHash())
          .matches("[0-9a-f]{64}")
          .isEqualTo(Flow.parse(flow.toYaml()).contentHash());
      hashes.add(flow.contentHash());
    }
    assertThat(hashes).hasSize(60);
  }

  @Test
  void the_hash_does_not_depend_on_the_order_of_keys_or_on_white_space() {
    Flow one = flow("{'id':'x','nodes':[{'id':'a','type':'echo','config':{'p':1,'q':[2]}}]}");
    Flow two = flow("{'nodes': [ {'config': {'q': [2],'p': 1},'type':'echo','id':'a'} ],'id':'x'}");
    Flow three = flow("{'id':'x','nodes':{'a':{'type':'echo','data':{'p':1,'q':[2]}}}}");
    Flow other = flow("{'id':'x','nodes':[{'id':'a','type':'echo','config':{'p':1,'q':[3]}}]}");
    assertThat(one.contentHash()).isEqualTo(two.contentHash()).isEqualTo(three.contentHash());
    assertThat(one.contentHash()).isNotEqualTo(other.contentHash());
  }

  @Test
  void the_hash_of_a_flow_never_changes() {
    // Executions keep their flow version by this hash: a change here orphans what is stored.
    Flow flow =
        flow(
            "{'id':'pinned','nodes':[{'id':'a','type':'echo','retry':{},'config':{'n':[1,2.5,2e23,"
                + "'é']}}],'edges':[]}");
    assertThat(flow.contentHash())
        .isEqualTo("f39ff8b5f2e1b7e05a24608aa92151f83aa7d797a1a320415beeec9330f53197");
  }

  @Test
  void the_canonical_form_leaves_defaults_out_and_keeps_an_order() {
    String canonical =
        """
        {
          "id": "x",
          "nodes": [
            {
              "id": "a",
              "type": "if",
              "name": "A",
              "config": {
                "condition": "true"
              },
              "timeout": "90s",
              "position": {
                "x": 1
              }
            },
            {
              "id": "b",
              "type": "echo"
            }
          ],
          "edges": [
            {
              "from": "a",
              "to": "b",
              "port": "true",
              "label": "yes"
            }
          ]
        }
        """;
    Flow flow =
        flow(
            "{'nodes':{'a':{'position':{'x':1},'join':'all','timeout':'PT1M30S','type':'if',"
                + "'data':{'condition':'true','label':'A'},'onError':'fail','disabled':false},"
                + "'b':{'type':'echo','config':{}}},'settings':{},'variables':{},'id':'x',"
                + "'edges':[{'label':'yes','source':'a','target':'b','sourceHandle':'true'}]}");
    assertThat(flow.toJson()).isEqualTo(canonical);
    assertThat(Flow.parse(canonical)).isEqualTo(flow);
  }

  @Test
  void yaml_is_written_for_people() {
    Flow flow =
        flow(
            "{'id':'x','nodes':[{'id':'a','type':'set','config':{'values':{'text':'Hi ${inputs.n}',"
                + "'lines':'one\\ntwo\\n','answer':'no','zip':'01234','m':5,'e':[]}}}],'edges':[]}");
    assertThat(flow.toYaml())
        .isEqualTo(
            """
            id: x
            nodes:
              - id: a
                type: set
                config:
                  values:
                    text: Hi ${inputs.n}
                    lines: |
                      one
                      two
                    answer: 'no'
                    zip: '01234'
                    m: 5
                    e: []
            edges: []
            """);
  }

  @Test
  void b_fd_18_naughty_strings_come_back_from_every_place() {
    for (var file : Corpora.files("naughty-strings", "blns.json")) {
      for (Object each : (List<?>) Json.parse(Corpora.bytes(file))) {
        String text = (String) each;
        Flow flow =
            Flow.builder("naughty")
                .name(text)
                .description(text)
                .variable(text, text)
                .node("a", "echo", node -> node.name(text).config("v", Map.of(text, List.of(text))))
                .node(Node.builder("b", "echo").extra("ui", text).build())
                .edge(Edge.of("a", "b").withExtra("label", text))
                .output(text, text)
                .build();
        assertThat(Flow.parse(flow.toJson())).isEqualTo(flow);
        assertThat(Flow.parse(flow.toYaml())).isEqualTo(flow);
      }
    }
  }

  @Test
  void b_fd_18_naughty_strings_as_ids_are_refused_or_kept() {
    for (var file : Corpora.files("naughty-strings", "blns.json")) {
      for (Object text : (List<?>) Json.parse(Corpora.bytes(file))) {
        String json = quoted("{'nodes':[{'id':") + Json.write(text) + quoted(",'type':'echo'}]}");
        var document = io.flowforge.flow.FlowDocument.parse(json);
        Documents.assertCivil(document);
        assertThat(document.isValid())
            .isEqualTo(((String) text).matches("[A-Za-z0-9][\\w-]{0,127}"));
      }
    }
  }
}
