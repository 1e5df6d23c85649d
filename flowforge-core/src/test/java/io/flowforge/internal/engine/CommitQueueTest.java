package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.FlowStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which pages travel together, and on which threads. */
class CommitQueueTest {
  private static final int STEPS = 10;

  private final Drivers drivers = new Drivers(false, 2);
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<CompletableFuture<List<Commit.Result>>> open = new ArrayList<>();
  private boolean declines;
  private boolean holds;
  private final CommitQueue queue = new CommitQueue(store(), new StoppedTime(), drivers, () -> 0.5);

  @AfterEach
  void close() {
    drivers.close();
  }

  /** A store that writes down how it is called. */
  private FlowStore store() {
    return (FlowStore)
        Proxy.newProxyInstance(
            FlowStore.class.getClassLoader(),
            new Class<?>[] {FlowStore.class},
            (proxy, method, arguments) -> {
              List<?> commits = (List<?>) arguments[0];
              boolean here = method.getName().equals("commitHere");
              if (here && declines) {
                return Optional.empty();
              }
              calls.add((here ? "here " : "there ") + commits.size());
              List<Commit.Result> applied =
                  Collections.nCopies(commits.size(), Commit.Result.APPLIED);
              if (here) {
                return Optional.of(applied);
              }
              CompletableFuture<List<Commit.Result>> answer = new CompletableFuture<>();
              if (holds) {
                open.add(answer);
              } else {
                answer.complete(applied);
              }
              return answer;
            });
  }

  private static Commit page(int execution, int position) {
    return Commit.page("e" + execution, "w", 1, position, "[]");
  }

  /** Writes page after page, each once the one before is written. */
  private void chain(int execution, int position, List<Thread> threads, CountDownLatch done) {
    queue.submit(
        page(execution, position),
        (result, failure) -> {
          threads.add(Thread.currentThread());
          if (position == STEPS) {
            done.countDown();
          } else {
            chain(execution, position + 1, threads, done);
          }
        });
  }

  private static void await(CountDownLatch done) throws InterruptedException {
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_run_alone_stays_on_the_thread_that_drives_it() throws InterruptedException {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(1);
    drivers.dispatch(() -> chain(1, 1, threads, done));
    await(done);
    assertThat(calls).hasSize(STEPS).containsOnly("here 1");
    assertThat(threads.stream().distinct()).hasSize(1);
    assertThat(queue.awaitIdle(60_000_000)).isTrue();
    assertThat(queue.pages()).isEqualTo(STEPS);
    assertThat(queue.calls()).isEqualTo(STEPS);
  }

  @Test
  void a_thread_of_a_caller_never_waits_for_the_store() throws InterruptedException {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(1);
    chain(1, 1, threads, done);
    await(done);
    assertThat(calls).hasSize(STEPS).containsOnly("here 1");
    assertThat(threads).doesNotContain(Thread.currentThread());
  }

  /** Keeps all threads that drive runs until it is counted down. */
  private CountDownLatch keepDriversBusy() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    for (int thread = 0; thread < 2; thread++) {
      drivers.dispatch(
          () -> {
            busy.countDown();
            try {
              end.await();
            } catch (InterruptedException closing) {
              Thread.currentThread().interrupt();
            }
          });
    }
    await(busy);
    return end;
  }

  @Test
  void a_page_of_a_caller_waits_for_no_run_that_holds_a_thread() throws InterruptedException {
    CountDownLatch end = keepDriversBusy();
    CountDownLatch done = new CountDownLatch(1);
    queue.submit(page(1, 1), (result, failure) -> done.countDown());
    assertThat(calls).containsExactly("there 1");
    end.countDown();
    await(done);
  }

  @Test
  void a_store_that_declines_is_called_the_common_way() throws InterruptedException {
    declines = true;
    CountDownLatch done = new CountDownLatch(1);
    drivers.dispatch(() -> chain(1, 1, Collections.synchronizedList(new ArrayList<>()), done));
    await(done);
    assertThat(calls).hasSize(STEPS).containsOnly("there 1");
  }

  @Test
  void pages_that_come_meanwhile_travel_together() throws InterruptedException {
    holds = true;
    CountDownLatch end = keepDriversBusy();
    CountDownLatch done = new CountDownLatch(1 + 40);
    queue.submit(page(0, 1), (result, failure) -> done.countDown());
    for (int execution = 1; execution <= 40; execution++) {
      queue.submit(page(execution, 1), (result, failure) -> done.countDown());
    }
    assertThat(calls).containsExactly("there 1");
    holds = false;
    end.countDown();
    open.get(0).complete(List.of(Commit.Result.APPLIED));
    await(done);
    assertThat(calls).containsExactly("there 1", "there 40");
  }
}
