-- ${t} stands for schema and prefix of a table, ${p} for the prefix alone.
CREATE TABLE ${t}worker (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  alive smallint NOT NULL,
  lease_until bigint NOT NULL,
  process text NOT NULL,
  hint text
);
CREATE INDEX ${p}worker_alive ON ${t}worker (id) WHERE alive = 1;

CREATE TABLE ${t}execution (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  flow_id text COLLATE "C" NOT NULL,
  flow_hash text COLLATE "C" NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  attributes text NOT NULL,
  start_doc text NOT NULL,
  status text COLLATE "C" NOT NULL,
  reason text,
  worker text COLLATE "C",
  epoch bigint NOT NULL,
  inbox bigint NOT NULL,
  read_to bigint NOT NULL,
  recoveries integer NOT NULL,
  claim_at bigint,
  started bigint NOT NULL,
  finished bigint NOT NULL,
  queue text COLLATE "C"
) WITH (fillfactor = 80);
CREATE INDEX ${p}execution_claim ON ${t}execution (claim_at) WHERE claim_at IS NOT NULL;
CREATE INDEX ${p}execution_worker ON ${t}execution (worker) WHERE worker IS NOT NULL;
CREATE INDEX ${p}execution_unread ON ${t}execution (worker) WHERE inbox > read_to;
CREATE INDEX ${p}execution_started ON ${t}execution (started, id);
CREATE INDEX ${p}execution_flow ON ${t}execution (flow_id, started, id);
CREATE INDEX ${p}execution_tenant ON ${t}execution (tenant, started, id) WHERE tenant <> '';
CREATE INDEX ${p}execution_status ON ${t}execution (status, started, id)
  WHERE status <> 'COMPLETED';
CREATE INDEX ${p}execution_finished ON ${t}execution (finished) WHERE finished > 0;

CREATE TABLE ${t}queued (
  execution_id text COLLATE "C" NOT NULL PRIMARY KEY,
  queue text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  priority integer NOT NULL,
  most integer NOT NULL,
  when_full text COLLATE "C" NOT NULL,
  stand smallint NOT NULL,
  displaced smallint NOT NULL
);
CREATE INDEX ${p}queued_turn ON ${t}queued (queue, stand, priority, number);
CREATE INDEX ${p}queued_number ON ${t}queued (queue, number);

CREATE TABLE ${t}attribute (
  digest text COLLATE "C" NOT NULL,
  execution_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (digest, execution_id)
);
CREATE INDEX ${p}attribute_execution ON ${t}attribute (execution_id);

CREATE TABLE ${t}page (
  execution_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  epoch bigint NOT NULL,
  worker text COLLATE "C" NOT NULL,
  data text NOT NULL,
  PRIMARY KEY (execution_id, position)
);

CREATE TABLE ${t}message (
  execution_id text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  payload text NOT NULL,
  PRIMARY KEY (execution_id, number)
);

CREATE TABLE ${t}seen (
  digest text COLLATE "C" NOT NULL PRIMARY KEY,
  execution_id text COLLATE "C" NOT NULL
);
CREATE INDEX ${p}seen_execution ON ${t}seen (execution_id);

CREATE TABLE ${t}event_wait (
  execution_id text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  topic text COLLATE "C" NOT NULL,
  path text NOT NULL,
  PRIMARY KEY (execution_id, digest)
);
CREATE INDEX ${p}event_wait_topic ON ${t}event_wait (topic);

CREATE TABLE ${t}event (
  digest text COLLATE "C" NOT NULL PRIMARY KEY,
  topic text COLLATE "C" NOT NULL,
  id text NOT NULL,
  payload text NOT NULL,
  ended integer NOT NULL,
  taken smallint NOT NULL,
  published bigint NOT NULL,
  keep_until bigint NOT NULL
);
CREATE INDEX ${p}event_kept ON ${t}event (topic, published) WHERE taken = 0;
CREATE INDEX ${p}event_until ON ${t}event (keep_until);

CREATE TABLE ${t}slot (
  number integer NOT NULL PRIMARY KEY
);
INSERT INTO ${t}slot (number) SELECT generate_series(0, 63);

CREATE TABLE ${t}record (
  kind text COLLATE "C" NOT NULL,
  record_key bytea NOT NULL,
  revision bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (kind, record_key)
);
