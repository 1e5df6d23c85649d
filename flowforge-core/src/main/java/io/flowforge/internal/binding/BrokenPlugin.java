package io.flowforge.internal.binding;

import org.jspecify.annotations.Nullable;

/**
 * A plugin that was found and cannot be used.
 *
 * @param className its class
 * @param type the node type it would have brought; null when it did not come so far
 * @param reason why, in a few words
 */
public record BrokenPlugin(String className, @Nullable String type, String reason) {
  /** One sentence about it, for health and log. */
  public String complaint() {
    String what = type == null ? "" : " of node type \"" + type + '"';
    return "plugin " + className + what + " is broken: " + reason;
  }
}
