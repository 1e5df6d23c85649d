package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that one thread at a time drives, whichever that is.
 *
 * <p>Whoever brings news (a worker with a result, a timer, a caller with a request) puts it into
 * the mailbox; when nobody drives, the bringer does, until no work and no mail is left. The mailbox
 * is one field: null when nobody drives, a marker while someone does, and else a stack of mail with
 * the newest on top (a Treiber stack, taken as a whole). So no lock is held while user code runs,
 * and state needs no synchronisation of its own.
 */
abstract class Driven {
  private static final VarHandle MAIL;

  /** Steps of one turn, before others get the thread. */
  private static final int TURN = 4096;

  private static final Mail DRIVING =
      new Mail() {
        @Override
        void deliver() {}
      };

  static {
    try {
      MAIL = MethodHandles.lookup().findVarHandle(Driven.class, "mail", Mail.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** Its maker drives at first. */
  @SuppressWarnings("unused")
  private volatile @Nullable Mail mail = DRIVING;

  private @Nullable Thread driver;
  private int turn;

  abstract String id();

  /** Does what there is to do, for as long as there is a turn. */
  abstract void work();

  abstract boolean hasWork();

  /** The thread has just got the state machine. */
  abstract void beginTurn();

  /** It is about to give it away though there is work. */
  abstract void endTurn();

  /** Neither work nor mail is left. */
  abstract void rest();

  /** Something failed that must not. */
  abstract void broken(Throwable bug);

  /** Whether only questions are heard any more. */
  abstract boolean isDeaf();

  /** Whether its state never changes, so that every thread may look. */
  abstract boolean answersAnyThread();

  /** Has a turn taken on another thread. */
  abstract void dispatch(Runnable step);

  final void startDriving() {
    driver = Thread.currentThread();
  }

  final void stopDriving() {
    driver = null;
  }

  final boolean isDriving() {
    return driver == Thread.currentThread();
  }

  final boolean hasTurn() {
    return turn > 0;
  }

  final boolean takeStep() {
    return turn-- > 0;
  }

  /** Brings news; drives when nobody does. */
  final void post(Mail letter) {
    while (true) {
      Mail box = (Mail) MAIL.getVolatile(this);
      if (box == null) {
        if (MAIL.compareAndSet(this, null, DRIVING)) {
          driver = Thread.currentThread();
          beginTurn();
          deliver(letter);
          drive();
          return;
        }
      } else {
        letter.next = box == DRIVING ? null : box;
        if (MAIL.compareAndSet(this, box, letter)) {
          return;
        }
      }
    }
  }

  final void drive() {
    turn = TURN;
    while (true) {
      work();
      if (turn <= 0 && hasWork()) {
        endTurn();
        driver = null;
        dispatch(this::takeTurn);
        return;
      }
      Mail letters = collect();
      if (letters == null) {
        return;
      }
      beginTurn();
      for (Mail letter = letters; letter != null; letter = letter.next) {
        deliver(letter);
      }
    }
  }

  private void takeTurn() {
    startDriving();
    beginTurn();
    drive();
  }

  final void deliver(Mail letter) {
    if (isDeaf() && !(letter instanceof Question)) {
      return;
    }
    try {
      letter.deliver();
    } catch (Throwable bug) {
      broken(bug);
    }
  }

  /** Takes all mail, oldest first; when there is none, gives up driving and returns null. */
  private @Nullable Mail collect() {
    Mail box = (Mail) MAIL.getVolatile(this);
    if (box == DRIVING) {
      rest();
      driver = null;
      if (MAIL.compareAndSet(this, DRIVING, null)) {
        return null;
      }
      driver = Thread.currentThread();
    }
    Mail newest = (Mail) MAIL.getAndSet(this, DRIVING);
    Mail oldest = null;
    while (newest != null) {
      Mail older = newest.next;
      newest.next = oldest;
      oldest = newest;
      newest = older;
    }
    return oldest;
  }

  /** Has something looked at or done by the thread that drives, and waits for it. */
  final <T> T ask(Supplier<T> question) {
    if (isDriving() || answersAnyThread()) {
      return question.get();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    post(
        new Question(
            () -> {
              try {
                answer.complete(question.get());
              } catch (RuntimeException refused) {
                answer.completeExceptionally(refused);
              }
            }));
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED", "interrupted while asking execution " + id(), Map.of(), true, null);
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(refused);
    }
  }

  /** Has something done by the thread that drives it. */
  public final void visit(Runnable visit) {
    post(
        new Mail() {
          @Override
          void deliver() {
            visit.run();
          }
        });
  }

  /** Mail that only looks. */
  private static final class Question extends Mail {
    private final Runnable look;

    Question(Runnable look) {
      this.look = look;
    }

    @Override
    void deliver() {
      look.run();
    }
  }
}
