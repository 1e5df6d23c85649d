-- ${t} stands for schema and prefix. A script that was cut short is run again from its start.
-- The collation compares letters as they are, but not spaces at the end: a text that ends with one
-- has U+0001 behind it, for which there is room in each column.
CREATE TABLE IF NOT EXISTS ${t}worker (
  id VARCHAR(65) NOT NULL PRIMARY KEY,
  alive SMALLINT NOT NULL,
  lease_until BIGINT NOT NULL,
  process VARCHAR(255) NOT NULL,
  hint VARCHAR(64)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}execution (
  id VARCHAR(256) NOT NULL PRIMARY KEY,
  flow_id VARCHAR(256) NOT NULL,
  flow_hash VARCHAR(256) NOT NULL,
  tenant VARCHAR(256) NOT NULL,
  attributes LONGTEXT NOT NULL,
  start_doc LONGTEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  reason LONGTEXT,
  worker VARCHAR(65),
  epoch BIGINT NOT NULL,
  inbox BIGINT NOT NULL,
  read_to BIGINT NOT NULL,
  recoveries INTEGER NOT NULL,
  claim_at BIGINT,
  started BIGINT NOT NULL,
  finished BIGINT NOT NULL,
  queue VARCHAR(256),
  INDEX execution_by_claim (claim_at),
  INDEX execution_by_worker (worker),
  INDEX execution_by_started (started, id),
  INDEX execution_by_flow (flow_id, started, id),
  INDEX execution_by_tenant (tenant, started, id),
  INDEX execution_by_status (status, started, id),
  INDEX execution_by_finished (finished)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}queued (
  execution_id VARCHAR(256) NOT NULL PRIMARY KEY,
  queue VARCHAR(256) NOT NULL,
  number BIGINT NOT NULL,
  priority INTEGER NOT NULL,
  most INTEGER NOT NULL,
  when_full VARCHAR(16) NOT NULL,
  stand SMALLINT NOT NULL,
  displaced SMALLINT NOT NULL,
  INDEX queued_by_turn (queue, stand, priority, number),
  INDEX queued_by_number (queue, number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}attribute (
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  execution_id VARCHAR(256) NOT NULL,
  PRIMARY KEY (digest, execution_id),
  INDEX attribute_by_execution (execution_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}page (
  execution_id VARCHAR(256) NOT NULL,
  position BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  worker VARCHAR(65) NOT NULL,
  data LONGTEXT NOT NULL,
  PRIMARY KEY (execution_id, position)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}message (
  execution_id VARCHAR(256) NOT NULL,
  number BIGINT NOT NULL,
  id VARCHAR(513) NOT NULL,
  kind VARCHAR(64) NOT NULL,
  name LONGTEXT NOT NULL,
  payload LONGTEXT NOT NULL,
  PRIMARY KEY (execution_id, number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}seen (
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  execution_id VARCHAR(256) NOT NULL,
  INDEX seen_by_execution (execution_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}event_wait (
  execution_id VARCHAR(256) NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  path LONGTEXT NOT NULL,
  PRIMARY KEY (execution_id, digest),
  INDEX event_wait_by_topic (topic)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}event (
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  topic CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id LONGTEXT NOT NULL,
  payload LONGTEXT NOT NULL,
  ended INTEGER NOT NULL,
  taken SMALLINT NOT NULL,
  published BIGINT NOT NULL,
  keep_until BIGINT NOT NULL,
  INDEX event_by_kept (topic, published),
  INDEX event_by_until (keep_until)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${t}slot (
  number INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT IGNORE INTO ${t}slot (number) VALUES
  (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
  (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30), (31),
  (32), (33), (34), (35), (36), (37), (38), (39), (40), (41), (42), (43), (44), (45), (46), (47),
  (48), (49), (50), (51), (52), (53), (54), (55), (56), (57), (58), (59), (60), (61), (62), (63);

CREATE TABLE IF NOT EXISTS ${t}record (
  kind VARCHAR(65) NOT NULL,
  record_key VARBINARY(2048) NOT NULL,
  revision BIGINT NOT NULL,
  content LONGBLOB NOT NULL,
  PRIMARY KEY (kind, record_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
