package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.BlobStore;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Shows that the kit of blob stores finds a breach, and tells what content it was found with. */
class BlobStoreContractTest {
  private static final String FINDS = "what_is_deleted_is_gone_and_may_be_written_again";

  /** Deletes nothing. */
  static final class KeepingKit extends BlobStoreContract {
    private final BlobStore real = inStore(new MemoryStore(() -> 0));

    @Override
    protected BlobStore connect() {
      return (BlobStore)
          Proxy.newProxyInstance(
              KeepingKit.class.getClassLoader(),
              new Class<?>[] {BlobStore.class},
              (proxy, method, arguments) ->
                  method.getName().equals("delete") ? true : method.invoke(real, arguments));
    }

    @Override
    protected long seed() {
      return 4711;
    }
  }

  @Test
  void a_failure_tells_the_seed_of_the_content_which_is_the_same_each_time() {
    String told = told();
    assertThat(told).startsWith("content made from seed() 4711, in this test ");
    assertThat(told()).isEqualTo(told);
  }

  private static String told() {
    Throwable failure = KitRun.failure(KeepingKit.class, FINDS).orElseThrow();
    assertThat(failure.getSuppressed()).hasSize(1);
    return String.valueOf(failure.getSuppressed()[0].getMessage());
  }
}
