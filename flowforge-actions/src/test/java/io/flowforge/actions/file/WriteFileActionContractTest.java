package io.flowforge.actions.file;

import io.flowforge.FlowForgeBuilder;
import io.flowforge.spi.Action;
import io.flowforge.testkit.ActionContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class WriteFileActionContractTest extends ActionContract {
  @TempDir private Path root;

  @Override
  protected Action<?> action() {
    return new WriteFileAction();
  }

  @Override
  protected FlowForgeBuilder prepare(FlowForgeBuilder builder) {
    return builder.service(FilePolicy.class, FilePolicy.of(root));
  }
}
