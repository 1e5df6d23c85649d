package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links of README and docs to other files and places. */
class LinksTest {
  @Test
  void every_link_leads_somewhere() {
    List<String> dead = new ArrayList<>();
    for (Page page : Page.all()) {
      for (String link : page.links()) {
        if (!leadsSomewhere(page, link)) {
          dead.add(page + " links to " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private static boolean leadsSomewhere(Page page, String link) {
    int hash = link.indexOf('#');
    Path target =
        hash == 0
            ? page.file()
            : page.file().resolveSibling(hash < 0 ? link : link.substring(0, hash)).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || Page.of(Page.ROOT.relativize(target).toString())
            .anchors()
            .contains(link.substring(hash + 1));
  }
}
