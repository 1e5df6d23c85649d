package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.FaultPoints;

/** Where tests let the process fail, in work that must survive it. */
enum Points {
  /** Nowhere. */
  NONE("", "", ""),
  /** Around steps. */
  COMMIT("store.commit.beforeInsert", "store.commit.beforeCommit", "store.commit.afterCommit"),
  /** Around claims. */
  CLAIM("store.claim.beforeInsert", "store.claim.beforeCommit", "store.claim.afterCommit"),
  /** Around messages. */
  SEND("store.send.beforeInsert", "store.send.beforeCommit", "store.send.afterCommit");

  private final String beforeInsert;
  private final String beforeCommit;
  private final String afterCommit;

  Points(String beforeInsert, String beforeCommit, String afterCommit) {
    this.beforeInsert = beforeInsert;
    this.beforeCommit = beforeCommit;
    this.afterCommit = afterCommit;
  }

  void beforeInsert() {
    hit(beforeInsert);
  }

  void beforeCommit() {
    hit(beforeCommit);
  }

  void afterCommit() {
    hit(afterCommit);
  }

  private void hit(String point) {
    if (this != NONE) {
      FaultPoints.hit(point);
    }
  }
}
