package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions purge}. */
final class PurgeExecutions implements Subcommand {
  private static final String ENDED = "--ended";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("purge", "Deletes executions that ended some time ago, for good.")
            .addOption(
                Options.needed(
                    Options.STATUS, "STATUS,…", "Which: COMPLETED, FAILED or CANCELLED."))
            .addOption(
                Options.neededTime(ENDED, "How long ago they must have ended, such as 30d."));
    return Stored.options(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    Set<ExecutionStatus> statuses =
        Values.constants(
            ExecutionStatus.class, Options.STATUS, Options.textOr(given, Options.STATUS, ""));
    if (!statuses.stream().allMatch(ExecutionStatus::isFinal)) {
      throw new Refusal(
          "FF-CLI-USAGE",
          Options.STATUS + " must be of COMPLETED, FAILED and CANCELLED; others have not ended");
    }
    Duration age = given.matchedOptionValue(ENDED, Duration.ZERO);
    int deleted;
    try (FlowForge forge = Stored.looking(given)) {
      deleted = Stored.acting(forge, given).operations().purge(statuses, age);
    }
    console.document(Map.of("deleted", deleted));
    return Exit.COMPLETED;
  }
}
