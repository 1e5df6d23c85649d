package io.flowforge.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives calls names of their own, and remembers the claims whose answers were lost.
 *
 * <p>Such a claim may have been carried out: the worker then owns executions that it does not know
 * of. Its next claim names the lost ones and gets them as well.
 */
final class Calls {
  private final String client;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, Collection<String>> lost = new ConcurrentHashMap<>();

  /**
   * Starts at one.
   *
   * @param client what no other client of the store is called
   */
  Calls(String client) {
    this.client = client;
  }

  /** A name that no other call of any client has. */
  String next() {
    return client + "." + count.incrementAndGet();
  }

  List<String> lost(String worker) {
    return new ArrayList<>(lost.getOrDefault(worker, List.of()));
  }

  void lose(String worker, String call) {
    lost.computeIfAbsent(worker, name -> new ConcurrentLinkedQueue<>()).add(call);
  }

  void found(String worker, List<String> calls) {
    if (!calls.isEmpty()) {
      lost.getOrDefault(worker, List.of()).removeAll(calls);
    }
  }

  /** The worker claims no more. */
  void forget(String worker) {
    lost.remove(worker);
  }
}
