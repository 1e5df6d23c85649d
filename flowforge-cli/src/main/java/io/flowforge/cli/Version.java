package io.flowforge.cli;

/** The version of this build. */
final class Version {
  private Version() {}

  static String own() {
    String version = FlowForgeCli.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
