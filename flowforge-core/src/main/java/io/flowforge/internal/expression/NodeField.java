package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an expression can read of a node. */
enum NodeField {
  OUTPUT("output") {
    @Override
    @Nullable Object read(Variables variables, int node) {
      return variables.nodeOutput(node);
    }
  },
  STATUS("status") {
    @Override
    @Nullable Object read(Variables variables, int node) {
      return variables.nodeStatus(node);
    }
  },
  ERROR("error") {
    @Override
    @Nullable Object read(Variables variables, int node) {
      return variables.nodeError(node);
    }
  },
  ATTEMPTS("attempts") {
    @Override
    @Nullable Object read(Variables variables, int node) {
      return variables.nodeAttempts(node);
    }
  };

  private static final List<String> WORDS = List.of("output", "status", "error", "attempts");

  private final String word;

  NodeField(String word) {
    this.word = word;
  }

  abstract @Nullable Object read(Variables variables, int node);

  String word() {
    return word;
  }

  static List<String> words() {
    return WORDS;
  }

  static @Nullable NodeField of(String word) {
    int index = WORDS.indexOf(word);
    return index < 0 ? null : values()[index];
  }
}
