package io.flowforge.testkit;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.CachedValue;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.SharedCache;
import io.flowforge.spi.store.StoredRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Kits of stores that break one promise each. */
final class BrokenStores {
  private BrokenStores() {}

  /** The method that is called, on the store behind. */
  interface Real {
    Object call(Object... arguments);
  }

  /** A memory store whose calls pass through a fault. */
  abstract static class Kit extends StoreContract {
    private final AtomicLong clock = new AtomicLong(1_763_000_000_000_000L);
    private final MemoryStore store = new MemoryStore(clock::get);

    abstract Object call(String method, Object[] arguments, Real real);

    @Override
    protected FlowStore connect() {
      FlowStore handle = store.handle();
      return (FlowStore)
          Proxy.newProxyInstance(
              Kit.class.getClassLoader(),
              new Class<?>[] {FlowStore.class},
              (proxy, method, arguments) -> {
                Object[] given = arguments == null ? new Object[0] : arguments;
                return call(method.getName(), given, changed -> invoke(handle, method, changed));
              });
    }

    @Override
    protected void passTime(Duration duration) {
      clock.addAndGet(duration.toNanos() / 1000);
    }

    @Override
    protected int executionsToClaim() {
      return 1_000;
    }

    private static Object invoke(FlowStore handle, Method method, Object[] arguments) {
      try {
        return method.invoke(handle, arguments);
      } catch (InvocationTargetException failed) {
        throw (RuntimeException) failed.getCause();
      } catch (IllegalAccessException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  /** A kit whose commits are changed on their way. */
  abstract static class CommitKit extends Kit {
    abstract Commit change(Commit commit);

    @Override
    @SuppressWarnings("unchecked")
    Object call(String method, Object[] arguments, Real real) {
      if (!method.equals("commit")) {
        return real.call(arguments);
      }
      return real.call(((List<Commit>) arguments[0]).stream().map(this::change).toList());
    }
  }

  /** A kit whose answers are changed on their way. */
  abstract static class AnswerKit extends Kit {
    abstract Object change(String method, Object answer);

    @Override
    Object call(String method, Object[] arguments, Real real) {
      Object answer = real.call(arguments);
      return answer instanceof CompletionStage<?> stage
          ? stage.thenApply(value -> value == null ? null : change(method, value))
          : answer;
    }
  }

  /** Says that a stale step was written. */
  static final class CredulousKit extends AnswerKit {
    @Override
    Object change(String method, Object answer) {
      return method.equals("commit")
          ? ((List<?>) answer)
              .stream()
                  .map(one -> one == Commit.Result.FENCED ? Commit.Result.APPLIED : one)
                  .toList()
          : answer;
    }
  }

  /** Gives to a claimer once more what was claimed last. */
  static final class GenerousKit extends Kit {
    private final Map<String, ExecutionRecord> last = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    Object call(String method, Object[] arguments, Real real) {
      if (!method.equals("claim") || arguments[1] instanceof String) {
        return real.call(arguments);
      }
      CompletionStage<List<ExecutionRecord>> answer =
          (CompletionStage<List<ExecutionRecord>>) real.call(arguments);
      List<ExecutionRecord> claimed = new ArrayList<>(answer.toCompletableFuture().join());
      if (!claimed.isEmpty()) {
        ExecutionRecord again = last.put("it", claimed.get(0));
        if (again != null) {
          claimed.add(again);
        }
      }
      return CompletableFuture.completedFuture(List.copyOf(claimed));
    }
  }

  /** Takes a message as often as it is sent. */
  static final class ForgetfulKit extends Kit {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    Object call(String method, Object[] arguments, Real real) {
      if (method.equals("send")) {
        Message one = (Message) arguments[1];
        String id = one.id() + "#" + calls.incrementAndGet();
        Message renamed = new Message(id, one.kind(), one.name(), one.payload());
        return real.call(arguments[0], renamed);
      }
      return real.call(arguments);
    }
  }

  /** Lets an execution end whatever it has not read. */
  static final class CarelessKit extends CommitKit {
    @Override
    Commit change(Commit one) {
      return copy(one, one.children(), one.change() == null ? one.readUpTo() : Long.MAX_VALUE);
    }
  }

  /** Loses children. */
  static final class BarrenKit extends CommitKit {
    @Override
    Commit change(Commit one) {
      return copy(one, List.of(), one.readUpTo());
    }
  }

  /** Never clears the count of recoveries. */
  static final class ResentfulKit extends CommitKit {
    @Override
    Commit change(Commit one) {
      HeadChange old = one.change();
      return old == null
          ? one
          : one.with(
              new HeadChange(
                  old.status(),
                  old.reason(),
                  false,
                  old.release(),
                  old.claimAtMicros(),
                  old.finishedMicros(),
                  old.flowHash()));
    }
  }

  /** Writes the steps of one call one by one. */
  static final class PiecemealKit extends Kit {
    @Override
    @SuppressWarnings("unchecked")
    Object call(String method, Object[] arguments, Real real) {
      if (!method.equals("commit")) {
        return real.call(arguments);
      }
      List<Commit.Result> results = new ArrayList<>();
      for (Commit one : (List<Commit>) arguments[0]) {
        CompletableFuture<List<Commit.Result>> written =
            ((CompletionStage<List<Commit.Result>>) real.call(List.of(one))).toCompletableFuture();
        if (written.isCompletedExceptionally()) {
          return written;
        }
        results.addAll(written.join());
      }
      return CompletableFuture.completedFuture(results);
    }
  }

  /** Compares texts without regard to case, as some databases do. */
  static final class SmallKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      return real.call(
          texts(method, arguments, List.of("read", "write", "scan"), BrokenStores::lower));
    }
  }

  /** Compares texts without regard to blanks at the end, as some databases do. */
  static final class BlankKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      return real.call(
          texts(method, arguments, List.of("read", "write", "publish"), String::stripTrailing));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Object[] texts(
      String method, Object[] arguments, List<String> methods, UnaryOperator<String> change) {
    Object[] changed = arguments.clone();
    for (int i = 0; methods.contains(method) && i < changed.length; i++) {
      if (changed[i] instanceof String text) {
        changed[i] = change.apply(text);
      } else if (changed[i] instanceof PublishedEvent event) {
        changed[i] =
            new PublishedEvent(
                event.id(),
                change.apply(event.event()),
                event.correlation(),
                event.payload(),
                event.keepUntilMicros());
      }
    }
    return changed;
  }

  /** Keeps times to the millisecond. */
  static final class CoarseKit extends CommitKit {
    @Override
    Commit change(Commit one) {
      NewExecution old = one.create();
      if (old == null) {
        return one;
      }
      NewExecution coarse =
          new NewExecution(
              old.id(),
              old.flowId(),
              old.flowHash(),
              old.tenant(),
              old.attributes(),
              old.start(),
              old.startedMicros() / 1000 * 1000,
              old.worker());
      return new Commit(
          one.executionId(),
          one.worker(),
          one.epoch(),
          one.position(),
          one.page(),
          coarse,
          one.change(),
          one.children(),
          one.awaits(),
          one.forgets(),
          one.messages(),
          one.readUpTo());
    }
  }

  /** Keeps no event for those who begin to wait later. */
  static final class MomentaryKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      if (!method.equals("publish")) {
        return real.call(arguments);
      }
      PublishedEvent one = (PublishedEvent) arguments[0];
      return real.call(
          new PublishedEvent(one.id(), one.event(), one.correlation(), one.payload(), 0));
    }
  }

  /** Renews whatever lease it is asked to. */
  static final class LenientKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      return method.equals("renew")
          ? ((CompletionStage<?>) real.call(arguments))
              .exceptionally(refused -> null)
              .thenApply(lease -> lease == null ? new Lease(1, 2) : lease)
          : real.call(arguments);
    }
  }

  /** Begins the next page with the last execution of the page before. */
  static final class RepeatingKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      if (method.equals("list") && ((ExecutionQuery) arguments[0]).afterMicros() != 0) {
        ExecutionQuery query = (ExecutionQuery) arguments[0];
        ExecutionQuery before =
            new ExecutionQuery(
                query.flowId(),
                query.statuses(),
                query.tenant(),
                query.attributes(),
                query.fromMicros(),
                query.toMicros(),
                query.afterMicros() + 1,
                "",
                query.limit());
        return real.call(before);
      }
      return real.call(arguments);
    }
  }

  /** Lists records in no order. */
  static final class DisorderlyKit extends AnswerKit {
    @Override
    Object change(String method, Object answer) {
      if (!method.equals("scan")) {
        return answer;
      }
      List<StoredRecord> found = new ArrayList<>(((List<?>) answer).size());
      ((List<?>) answer).forEach(one -> found.add((StoredRecord) one));
      Collections.reverse(found);
      return found;
    }
  }

  /** Deletes all that is old, however many are asked for. */
  static final class ThoroughKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      return method.equals("purge")
          ? real.call(arguments[0], arguments[1], Integer.MAX_VALUE)
          : real.call(arguments);
    }
  }

  /** Deletes whatever has ended, well or not. */
  static final class IndifferentKit extends Kit {
    @Override
    Object call(String method, Object[] arguments, Real real) {
      return method.equals("purge")
          ? real.call(EnumSet.allOf(ExecutionStatus.class), arguments[1], arguments[2])
          : real.call(arguments);
    }
  }

  private static Commit copy(Commit one, List<NewExecution> children, long readUpTo) {
    return new Commit(
        one.executionId(),
        one.worker(),
        one.epoch(),
        one.position(),
        one.page(),
        one.create(),
        one.change(),
        children,
        one.awaits(),
        one.forgets(),
        one.messages(),
        readUpTo);
  }

  /** Changes the places in queues on their way. */
  abstract static class PlaceKit extends CommitKit {
    abstract QueuePlace change(QueuePlace place);

    @Override
    Commit change(Commit one) {
      NewExecution created = one.create();
      if (created == null || created.place() == null) {
        return one;
      }
      Commit changed = Commit.create(created.withPlace(change(created.place())), one.page());
      return one.change() == null ? changed : changed.with(one.change());
    }
  }

  /** Lets one more into a queue than it should. */
  static final class RoomyKit extends PlaceKit {
    @Override
    QueuePlace change(QueuePlace one) {
      return new QueuePlace(
          one.queue(), one.limit() + 1, one.whenFull(), one.priority(), one.notBeforeMicros());
    }
  }

  /** Keeps cached values for a day, whatever it is told. */
  static final class EternalKit extends Kit {
    @Override
    @SuppressWarnings("unchecked")
    Object call(String method, Object[] arguments, Real real) {
      Object answer = real.call(arguments);
      return method.equals("cache")
          ? ((Optional<SharedCache>) answer).map(EternalCache::new)
          : answer;
    }
  }

  private record EternalCache(SharedCache real) implements SharedCache {
    @Override
    public CompletionStage<Optional<CachedValue>> get(String key) {
      return real.get(key);
    }

    @Override
    public CompletionStage<@Nullable Void> put(String key, byte[] value, Duration ttl) {
      return real.put(key, value, Duration.ofDays(1));
    }
  }

  /** Knows no priority. */
  static final class ImpartialKit extends PlaceKit {
    @Override
    QueuePlace change(QueuePlace one) {
      return new QueuePlace(one.queue(), one.limit(), one.whenFull(), 0, one.notBeforeMicros());
    }
  }
}
