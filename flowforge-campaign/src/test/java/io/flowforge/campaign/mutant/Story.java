package io.flowforge.campaign.mutant;

import java.nio.file.Path;
import java.util.List;

/** Something that goes well by virtue of one defence. */
interface Story {
  /**
   * Lives through it.
   *
   * @param folder empty, for files of its own
   * @return what broke, each beginning with the name of an invariant or promise; none on a sound
   *     build
   */
  List<String> broken(Path folder) throws Exception;
}
