package io.flowforge.testkit;

import io.flowforge.spi.store.QueuePlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What queues promise, in its shortest form: a list in the order of acceptance, looked through from
 * its begin each time. Shares no code with any store.
 */
final class QueueModel {
  private static final Comparator<One> TURN = Comparator.comparingInt(one -> one.place.priority());

  private final List<One> all = new ArrayList<>();

  /** Workers whose lease has ended. */
  private final Set<String> dead = new HashSet<>();

  private enum Stand {
    IN_LINE,
    ADMITTED,
    /** Refused, or cancelled in line. */
    OUT,
    ENDED
  }

  /** One execution. */
  static final class One {
    private final String id;
    private final QueuePlace place;
    private Stand stand = Stand.IN_LINE;
    private boolean displaced;
    private boolean refused;
    private boolean claimable;
    private @Nullable String worker;

    private One(String id, QueuePlace place) {
      this.id = id;
      this.place = place;
    }

    String id() {
      return id;
    }

    @Nullable String worker() {
      return worker;
    }

    /** As {@link QueueHistory} shows the head of an execution. */
    @Override
    public String toString() {
      return stand == Stand.ENDED
          ? id + " ended"
          : QueueHistory.show(id, worker, claimable, refused);
    }
  }

  /** Executions that have not ended, in the order of acceptance. */
  List<One> open() {
    return all.stream().filter(one -> one.stand != Stand.ENDED).toList();
  }

  List<String> state() {
    return all.stream().map(One::toString).toList();
  }

  boolean isAlive(String worker) {
    return !dead.contains(worker);
  }

  private Stream<One> of(String queue, Stand stand) {
    return all.stream().filter(one -> one.stand == stand && one.place.queue().equals(queue));
  }

  void accept(String id, QueuePlace place) {
    One newer = new One(id, place);
    all.add(newer);
    admit(place.queue());
    if (newer.stand != Stand.IN_LINE) {
      return;
    }
    switch (place.whenFull()) {
      case WAIT -> {}
      case WAIT_ALONE -> {
        if (of(place.queue(), Stand.IN_LINE).count() > 1) {
          refuse(newer);
        }
      }
      case REFUSE -> refuse(newer);
      case DISPLACE ->
          Stream.concat(of(place.queue(), Stand.ADMITTED), of(place.queue(), Stand.IN_LINE))
              .filter(one -> one != newer && !one.displaced)
              .findFirst()
              .ifPresent(
                  oldest -> {
                    oldest.displaced = true;
                    cancel(oldest);
                  });
    }
  }

  private void refuse(One one) {
    one.refused = true;
    out(one);
  }

  private void out(One one) {
    one.stand = Stand.OUT;
    one.claimable = true;
    admit(one.place.queue());
  }

  /** The first in line goes in while there is room for it; who comes behind waits for it. */
  private void admit(String queue) {
    of(queue, Stand.IN_LINE)
        .min(TURN)
        .filter(first -> of(queue, Stand.ADMITTED).count() < first.place.limit())
        .ifPresent(
            first -> {
              first.stand = Stand.ADMITTED;
              first.claimable = true;
              admit(queue);
            });
  }

  void cancel(One one) {
    if (one.stand == Stand.IN_LINE) {
      out(one);
    } else {
      tell(one);
    }
  }

  void tell(One one) {
    one.claimable |= one.stand != Stand.IN_LINE && one.worker == null;
  }

  /** Gives the ids that the worker has now; first those of the dead become free. */
  List<String> claim(String worker) {
    bury();
    List<One> taken = open().stream().filter(one -> one.claimable).toList();
    taken.forEach(one -> own(one, worker));
    return taken.stream().map(One::id).toList();
  }

  /** Whether the worker has the execution now, due or not. */
  boolean claim(String worker, One one) {
    bury();
    if (one.worker != null || one.stand == Stand.IN_LINE) {
      return false;
    }
    own(one, worker);
    return true;
  }

  private static void own(One one, String worker) {
    one.worker = worker;
    one.claimable = false;
  }

  void die(String worker) {
    dead.add(worker);
  }

  private void bury() {
    dead.forEach(this::free);
  }

  /** What a worker has owned may be claimed; all of it keeps its place. */
  void free(String worker) {
    for (One one : open()) {
      if (Objects.equals(one.worker, worker)) {
        release(one, true, one.refused);
      }
    }
  }

  void release(One one, boolean claimable, boolean refused) {
    one.worker = null;
    one.claimable = claimable;
    one.refused = refused;
  }

  void end(One one) {
    one.stand = Stand.ENDED;
    one.worker = null;
    one.claimable = false;
    admit(one.place.queue());
  }
}
