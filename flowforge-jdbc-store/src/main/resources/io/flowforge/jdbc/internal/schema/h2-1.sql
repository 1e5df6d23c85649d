-- ${t} stands for schema and prefix. A script that was cut short is run again from its start.
CREATE TABLE IF NOT EXISTS ${t}worker (
  id VARCHAR NOT NULL PRIMARY KEY,
  number BIGINT GENERATED ALWAYS AS IDENTITY,
  alive SMALLINT NOT NULL,
  lease_until BIGINT NOT NULL,
  process VARCHAR NOT NULL,
  hint VARCHAR
);

CREATE SEQUENCE IF NOT EXISTS ${t}execution_number CACHE 1000;

-- Numbers keep what is written at the same time in neighbouring rows.
CREATE TABLE IF NOT EXISTS ${t}execution (
  number BIGINT NOT NULL PRIMARY KEY,
  id VARCHAR NOT NULL UNIQUE,
  flow_id VARCHAR NOT NULL,
  flow_hash VARCHAR NOT NULL,
  tenant VARCHAR NOT NULL,
  attributes CHARACTER LARGE OBJECT NOT NULL,
  start_doc CHARACTER LARGE OBJECT NOT NULL,
  status VARCHAR NOT NULL,
  reason VARCHAR,
  worker VARCHAR,
  epoch BIGINT NOT NULL,
  inbox BIGINT NOT NULL,
  read_to BIGINT NOT NULL,
  recoveries INTEGER NOT NULL,
  claim_at BIGINT,
  started BIGINT NOT NULL,
  finished BIGINT NOT NULL,
  queue VARCHAR
);
CREATE INDEX IF NOT EXISTS ${t}execution_claim ON ${t}execution (claim_at);
CREATE INDEX IF NOT EXISTS ${t}execution_worker ON ${t}execution (worker);
CREATE INDEX IF NOT EXISTS ${t}execution_started ON ${t}execution (started, id);
CREATE INDEX IF NOT EXISTS ${t}execution_flow ON ${t}execution (flow_id, started, id);
CREATE INDEX IF NOT EXISTS ${t}execution_status ON ${t}execution (status, started, id);

CREATE TABLE IF NOT EXISTS ${t}queued (
  execution_id VARCHAR NOT NULL PRIMARY KEY,
  queue VARCHAR NOT NULL,
  number BIGINT NOT NULL,
  priority INTEGER NOT NULL,
  most INTEGER NOT NULL,
  when_full VARCHAR NOT NULL,
  stand SMALLINT NOT NULL,
  displaced SMALLINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ${t}queued_turn ON ${t}queued (queue, stand, priority, number);
CREATE INDEX IF NOT EXISTS ${t}queued_number ON ${t}queued (queue, number);

CREATE TABLE IF NOT EXISTS ${t}attribute (
  digest VARCHAR NOT NULL,
  execution_id VARCHAR NOT NULL,
  PRIMARY KEY (digest, execution_id)
);
CREATE INDEX IF NOT EXISTS ${t}attribute_execution ON ${t}attribute (execution_id);

-- number is that of the execution times 2^26, plus the position; worker is a number; data is UTF-8.
-- A row is written again with each commit that touches its neighbours, so every byte counts.
CREATE TABLE IF NOT EXISTS ${t}page (
  number BIGINT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  worker BIGINT NOT NULL,
  data BINARY LARGE OBJECT NOT NULL
);

CREATE TABLE IF NOT EXISTS ${t}message (
  execution_id VARCHAR NOT NULL,
  number BIGINT NOT NULL,
  id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  payload CHARACTER LARGE OBJECT NOT NULL,
  PRIMARY KEY (execution_id, number)
);

CREATE TABLE IF NOT EXISTS ${t}seen (
  digest VARCHAR NOT NULL PRIMARY KEY,
  execution_id VARCHAR NOT NULL
);
CREATE INDEX IF NOT EXISTS ${t}seen_execution ON ${t}seen (execution_id);

CREATE TABLE IF NOT EXISTS ${t}event_wait (
  execution_id VARCHAR NOT NULL,
  digest VARCHAR NOT NULL,
  topic VARCHAR NOT NULL,
  path VARCHAR NOT NULL,
  PRIMARY KEY (execution_id, digest)
);
CREATE INDEX IF NOT EXISTS ${t}event_wait_topic ON ${t}event_wait (topic);

CREATE TABLE IF NOT EXISTS ${t}event (
  digest VARCHAR NOT NULL PRIMARY KEY,
  topic VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  payload CHARACTER LARGE OBJECT NOT NULL,
  ended INTEGER NOT NULL,
  taken SMALLINT NOT NULL,
  published BIGINT NOT NULL,
  keep_until BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ${t}event_kept ON ${t}event (topic, published);
CREATE INDEX IF NOT EXISTS ${t}event_until ON ${t}event (keep_until);

CREATE TABLE IF NOT EXISTS ${t}slot (
  number INTEGER NOT NULL PRIMARY KEY
);
MERGE INTO ${t}slot (number) KEY (number) SELECT X FROM SYSTEM_RANGE(0, 64);

CREATE TABLE IF NOT EXISTS ${t}record (
  kind VARCHAR NOT NULL,
  record_key VARBINARY(2048) NOT NULL,
  revision BIGINT NOT NULL,
  content BINARY LARGE OBJECT NOT NULL,
  PRIMARY KEY (kind, record_key)
);
