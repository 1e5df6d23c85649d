package io.flowforge.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointerTest {
  @Test
  void steps_are_escaped_as_in_rfc_6901() {
    Pointer pointer = Pointer.of("/definition").at("nodes").at(3).at("a/b~c");
    assertThat(pointer).hasToString("/definition/nodes/3/a~1b~0c");
    assertThat(Pointer.ROOT).hasToString("");
    assertThat(Pointer.join("/config", "a/b")).isEqualTo("/config/a~1b");
  }
}
