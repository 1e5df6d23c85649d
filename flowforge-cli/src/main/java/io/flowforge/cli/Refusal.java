package io.flowforge.cli;

/** The command cannot be carried out; ends it with {@link Exit#USAGE}. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  Refusal(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
