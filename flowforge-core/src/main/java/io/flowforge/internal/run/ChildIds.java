package io.flowforge.internal.run;

import java.util.HashSet;
import java.util.Set;

/**
 * Ids of the executions that the sub-flow nodes of a run start, none of them twice: the run's id
 * and the node's address, then with a number. In their order they are the same in every life of the
 * run.
 */
final class ChildIds {
  private final String id;
  private final Set<String> given = new HashSet<>();

  ChildIds(String id) {
    this.id = id;
  }

  /** The id of the next execution that the node at an address starts. */
  String next(String path) {
    String first = id + "." + path;
    String free = first;
    for (int again = 2; !given.add(free); again++) {
      free = first + "~" + again;
    }
    return free;
  }
}
