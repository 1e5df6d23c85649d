package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| FF-CLI-USAGE | name a command",
        "fly | FF-CLI-USAGE | fly",
        "run | FF-CLI-USAGE | FLOW",
        "run {flow} --flow x | FF-CLI-USAGE | --flow ID",
        "run {flow} --version 1 | FF-CLI-USAGE | goes with --flow",
        "run --flow x | FF-STORE-MEMORY | keeps nothing between processes",
        "run --flow x --version one | FF-CLI-USAGE | --version must be 1 to",
        "run --what x | FF-CLI-USAGE | --what",
        "run {flow} --timeout soon | FF-CLI-USAGE | soon",
        "run {flow} --timeout 0s | FF-CLI-USAGE | longer than zero",
        "run {flow} --input novalue | FF-CLI-USAGE | name=value",
        "run {flow} --input =5 | FF-CLI-USAGE | name=value",
        "run {dir}/none.json | FF-CLI-FILE | none.json",
        "run {dir} | FF-CLI-FILE | folder",
        "run {flow} --inputs {dir}/none.json | FF-CLI-FILE | none.json",
        "run {flow} --root {dir}/none | FF-CLI-FILE | --root",
        "run {flow} --store jdbc:oracle:thin:me/secret | FF-STORE-UNSUPPORTED | jdbc:mysql:",
        "run {flow} --store ftp://me:secret@host | FF-STORE-UNKNOWN | ftp:…",
        "run {flow} --store jdbc:h2:mem:x | FF-STORE-MEMORY | keeps nothing between processes",
        "run {flow} --store redis://me:secret@127.0.0.1:1 | FF-STORE-UNAVAILABLE | out of reach",
        "run {flow} --store redis://127.0.0.1:1?prefix=a*b | FF-STORE-UNKNOWN | prefix",
        "run {flow} --store jdbc:mariadb://127.0.0.1:1/x?password=secret"
            + " | FF-STORE-UNAVAILABLE | cannot be reached",
        // Told by the driver: without one the state would be 08001.
        "run {flow} --store jdbc:mysql://127.0.0.1:1/x?password=secret"
            + " | FF-STORE-UNAVAILABLE | SQLSTATE 08000",
        "graph --execution x | FF-STORE-MEMORY | keeps nothing between processes",
        "validate | FF-CLI-USAGE | FLOW",
        "validate {flow} {dir}/none.yaml | FF-CLI-FILE | none.yaml",
        "flows | FF-CLI-USAGE | VERB",
        "flows list | FF-STORE-MEMORY | keeps nothing between processes",
        "flows list --status gone | FF-CLI-USAGE | ACTIVE",
        "flows save {dir}/none.yaml | FF-CLI-FILE | none.yaml",
        "flows save {flow} --based-on 0 | FF-CLI-USAGE | --based-on must be 1 to",
        "flows rollback x | FF-CLI-USAGE | --version",
        "flows activate | FF-CLI-USAGE | ID",
        "flows show x --store {h2} --as | FF-CLI-USAGE | --as",
        "flows show x --store {h2} --tenant a/b | FF-CLI-USAGE | without slashes",
        "executions | FF-CLI-USAGE | VERB",
        "executions fly | FF-CLI-USAGE | fly",
        "executions list | FF-STORE-MEMORY | keeps nothing between processes",
        "executions show x --store memory: | FF-STORE-MEMORY | keeps nothing between processes",
        "executions show | FF-CLI-USAGE | ID",
        "executions resume | FF-CLI-USAGE | --all",
        "executions resume x --all | FF-CLI-USAGE | --all",
        "executions list --limit 0 | FF-CLI-USAGE | 1 to 1000",
        "executions list --status done | FF-CLI-USAGE | COMPLETED",
        "executions retry | FF-CLI-USAGE | --bulk NAME",
        "executions retry x --bulk b | FF-CLI-USAGE | --bulk NAME",
        "executions retry x --limit 5 | FF-CLI-USAGE | --limit goes with --bulk",
        "executions fork --node a --bulk 1 | FF-CLI-USAGE | must be a letter",
        "executions retry --bulk b --status gone | FF-CLI-USAGE | COMPLETED",
        "executions list --attribute a | FF-CLI-USAGE | --attribute must be name=value",
        "executions set-variables x | FF-CLI-USAGE | NAME=VALUE",
        "executions migrate x --to {dir}/none.yaml | FF-CLI-FILE | none.yaml",
        "executions migrate x --to 0 | FF-CLI-USAGE | --to must be 1 to",
        "executions purge --status RUNNING --ended 1d | FF-CLI-USAGE | have not ended",
        "executions purge --status FAILED | FF-CLI-USAGE | --ended",
        "executions pause x --store {h2} --as | FF-CLI-USAGE | --as",
        "publish | FF-CLI-USAGE | EVENT",
        "publish paid | FF-STORE-MEMORY | keeps nothing between processes",
        "audit | FF-STORE-MEMORY | keeps nothing between processes",
        "credentials | FF-CLI-USAGE | VERB",
        "credentials put crm --keyring env:FLOWFORGE_NONE | FF-CLI-USAGE | --host",
        "credentials put crm --host * | FF-CLI-USAGE | --keyring",
        "credentials put crm --host * --keyring env:FLOWFORGE_NONE"
            + " | FF-CRED-KEYRING | FLOWFORGE_NONE",
        "credentials rotate --keyring {dir}/none | FF-CLI-FILE | none",
        "credentials rotate --keyring {flow} | FF-CRED-KEYRING | flow.json",
        "credentials list | FF-STORE-MEMORY | keeps nothing between processes",
        "keyring new {dir}/keys --id a:b | FF-CRED-KEYRING | letters",
        "keyring add {dir}/none | FF-CLI-FILE | none",
        "keyring new {dir}/none/keys | FF-CLI-FILE | cannot be written",
        "run {flow} --keyring {dir}/none | FF-STORE-MEMORY | keeps nothing between processes",
        "run {flow} --priority 1001 | FF-CLI-USAGE | --priority must be -1000 to 1000",
        "run {flow} --queue-limit 0 | FF-CLI-USAGE | --queue-limit must be 1 to",
        "run {flow} --overlap wait | FF-CLI-USAGE | SKIP",
        "run {flow} --attribute a | FF-CLI-USAGE | --attribute must be name=value",
        "executions answer x n | FF-CLI-USAGE | --value",
        "executions fork x --node a --var b | FF-CLI-USAGE | --var must be name=value",
      })
  void ends_with_2_and_says_why(String args, String code, String words) throws Exception {
    Path flow =
        Files.writeString(
            folder.resolve("flow.json"), "{\"nodes\": {\"a\": {\"type\": \"echo\"}}}");
    String line = args == null ? "" : args;
    String[] split =
        line.replace("{flow}", flow.toString())
            .replace("{dir}", folder.toString())
            .replace("{h2}", "jdbc:h2:file:" + folder.resolve("store").toAbsolutePath())
            .split(" ");
    CommandLineRun run = CommandLineRun.of(line.isEmpty() ? new String[0] : split);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.at("error", "code")).isEqualTo(code);
    assertThat(run.at("error", "message")).asString().contains(words);
    assertThat(run.err()).startsWith("flowforge: ").contains(words);
    assertThat(run.err() + run.out()).doesNotContain("secret");
  }

  @Test
  void shows_help_for_the_whole_and_for_a_command() {
    assertThat(CommandLineRun.of("--help").out()).contains("run", "validate", "executions");
    assertThat(CommandLineRun.of("run", "--help").out()).contains("--input=NAME=VALUE");
    assertThat(CommandLineRun.of("run", "--help").code()).isZero();
  }

  @Test
  void tells_its_version_as_json() {
    assertThat(CommandLineRun.of("--version").document()).containsKeys("flowforge", "java");
  }

  @Test
  void escapes_what_would_act_on_a_terminal() {
    CommandLineRun run = CommandLineRun.of("run", "\u001b[31m\u202eevil.json");
    assertThat(run.err()).contains("\\u001B[31m\\u202Eevil").doesNotContain("\u001b", "\u202e");
  }
}
