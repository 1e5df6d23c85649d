package io.flowforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelloWorldTest {
  @Test
  void greets() {
    assertThat(HelloWorld.greet("Ada")).containsEntry("loud", "HELLO, ADA!");
  }
}
