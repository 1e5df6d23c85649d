package io.flowforge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.redis.Script.Effect;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each failure of the server and of the connection becomes. */
final class FailuresTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "OOM command not allowed when used memory > 'maxmemory'.",
        "READONLY You can't write against a read only replica.",
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script.",
        "MISCONF Errors writing to the AOF file: No space left on device",
        "MASTERDOWN Link with MASTER is down",
        "ERR Error running script (call to f_0): @user_script:7: @user_script: 7: -OOM command not",
        "ERR Error running script (call to f_0): @user_script:7: READONLY You can't write",
        "ERR max number of clients reached"
      })
  void a_server_that_will_do_better_later_is_transient(String answer) {
    assertThat(of(new RedisCommandExecutionException(answer), Effect.WRITES))
        .extracting(StoreException::kind, StoreException::code)
        .containsExactly(Kind.TRANSIENT, "FF-STORE-UNAVAILABLE");
  }

  @ParameterizedTest
  @CsvSource({
    "NOAUTH Authentication required., FF-STORE-ACCESS",
    "NOPERM this user has no permissions, FF-STORE-ACCESS",
    "FFLOST the keys of this store are gone, FF-STORE-LOST",
    "ERR unknown command, FF-STORE-ANSWER",
    "MOVED 1234 10.0.0.1:6379, FF-STORE-ANSWER"
  })
  void an_answer_that_stays_is_fatal(String answer, String code) {
    assertThat(of(new RedisCommandExecutionException(answer), Effect.WRITES))
        .extracting(StoreException::kind, StoreException::code)
        .containsExactly(Kind.FATAL, code);
  }

  @Test
  void a_write_without_answer_is_unknown_and_a_read_is_not() {
    RedisCommandTimeoutException late = new RedisCommandTimeoutException("5 s");
    assertThat(of(new CompletionException(late), Effect.WRITES).kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(of(late, Effect.READS).kind()).isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void what_was_never_sent_is_transient() {
    assertThat(of(new RedisConnectionException("refused"), Effect.WRITES).kind())
        .isEqualTo(Kind.TRANSIENT);
    RedisException rejected = new RedisException("Currently not connected. Commands are rejected.");
    assertThat(of(rejected, Effect.WRITES).kind()).isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void a_message_shows_nothing_of_the_answer_but_its_word_and_its_line() {
    String answer =
        "ERR Error running script (call to f_0): @user_script:17: Attempt to index s3cret";
    assertThat(of(new RedisCommandExecutionException(answer), Effect.WRITES))
        .hasMessage("Redis refused the call: ERR in line 17 of its script")
        .hasNoCause();
  }

  private static StoreException of(Throwable thrown, Effect effect) {
    return (StoreException) Failures.of(thrown, effect);
  }
}
