package io.flowforge.internal.document;

import static io.flowforge.internal.document.Documents.assertCivil;
import static io.flowforge.internal.document.Documents.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzTest {
  private static final byte[] JSON =
      quoted(
              "{'id':'x','name':'Ä😀','inputs':{'n':{'type':'number','default':1.5e3}},'nodes':[{'id':"
                  + "'a','type':'loop','config':{'items':[1,true,null,'\\u00e9'],'body':{'nodes':{'b':"
                  + "{'type':'echo'}}}},'retry':{'maxAttempts':3,'delay':'250ms'}},{'id':'c','type':"
                  + "'echo','dependsOn':['a']}],'edges':[{'from':'a','to':'c','port':'error'}]}")
          .getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void b_fd_02_a_file_cut_at_any_byte_is_refused() {
    for (int length = 0; length < JSON.length; length++) {
      FlowDocument document = Documents.file(folder, "cut.json", Arrays.copyOf(JSON, length));
      assertThat(document.problems())
          .as("%s bytes", length)
          .extracting(Problem::code)
          .containsExactly("FF-DEF-JSON");
      assertCivil(document);
    }
  }

  @Test
  void b_fd_02_a_flipped_bit_is_refused_or_gives_another_hash() {
    Flow original = FlowDocument.parse(JSON).orThrow();
    for (int bit = 0; bit < JSON.length * 8; bit++) {
      byte[] flipped = JSON.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      FlowDocument document = FlowDocument.parse(flipped);
      assertCivil(document);
      if (document.isValid()) {
        Flow flow = document.orThrow();
        assertThat(flow.equals(original))
            .isEqualTo(flow.contentHash().equals(original.contentHash()));
      }
    }
  }

  @Test
  void b_fd_02_yaml_changed_at_random_is_refused_or_read() {
    byte[] yaml =
        new String(Flow.parse(new String(JSON, StandardCharsets.UTF_8)).toYaml())
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    String alphabet = "{}[]:,-?&*!|>'\"%@`#~ \n\tabc019<=\\";
    for (int round = 0; round < 1500; round++) {
      byte[] changed = yaml.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        changed[random.nextInt(changed.length)] =
            (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      assertCivil(FlowDocument.parse(new String(changed, StandardCharsets.UTF_8)));
    }
  }

  @Test
  void values_in_any_place_are_read_or_reported() {
    String[] odd = {
      "null", "true", "0", "-1", "1e300", "'x'", "''", "[]", "{}", "[[]]", "{'a':{}}"
    };
    String[] keys = String.join(",", Keys.FLOW).concat(",definition").split(",");
    for (String key : keys) {
      for (String value : odd) {
        String rest = key.equals("nodes") ? "" : ",'nodes':[{'id':'a','type':'echo'}]";
        assertCivil(FlowDocument.parse(quoted("{'" + key + "':" + value + rest + "}")));
      }
    }
    for (String key : Keys.NODE) {
      for (String value : odd) {
        for (String type : new String[] {"loop", "subflow", "action"}) {
          String id = key.equals("id") ? "" : "'id':'a',";
          String kind = key.equals("type") ? "" : "'type':'" + type + "',";
          String node = "{" + id + kind + "'" + key + "':" + value + "}";
          assertCivil(FlowDocument.parse(quoted("{'nodes':[" + node + "]}")));
        }
      }
    }
  }
}
