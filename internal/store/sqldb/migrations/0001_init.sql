-- Dialects: text in a "pg:" or "sqlite:" comment is live in that database only. Identifiers compare byte by byte in both.

-- (SQLite stores an INTEGER PRIMARY KEY in the table itself; any other word for it costs a second tree.)

-- The one row that every writing transaction locks first: it orders all writers, whichever node they are on,
-- and holds the last numbers given out and the last link of the hash chain.
CREATE TABLE writer (
  id      BIGINT PRIMARY KEY CHECK (id = 1),
  posting BIGINT NOT NULL,
  entry   BIGINT NOT NULL,
  account BIGINT NOT NULL,
  chain   /*pg: BYTEA *//*sqlite: BLOB */ NOT NULL
);
INSERT INTO writer (id, posting, entry, account, chain) VALUES (1, 0, 0, 0, /*pg: decode(repeat('00', 32), 'hex') *//*sqlite: zeroblob(32) */);

-- The last batch that each node committed: after a lost connection the node reads here whether its commit happened.
CREATE TABLE node (
  id    TEXT /*pg: COLLATE "C" */ PRIMARY KEY,
  batch BIGINT NOT NULL,
  at    BIGINT NOT NULL
);

CREATE TABLE account (
  num       /*pg: BIGINT *//*sqlite: INTEGER */ PRIMARY KEY,
  id        TEXT /*pg: COLLATE "C" */ NOT NULL UNIQUE,
  currency  TEXT NOT NULL,
  overdraft BOOLEAN NOT NULL,
  posted    BIGINT NOT NULL,
  reserved  BIGINT NOT NULL CHECK (reserved >= 0),
  CHECK (overdraft OR posted >= reserved)
) /*pg: WITH (fillfactor = 50) */;

CREATE TABLE posting (
  num   /*pg: BIGINT *//*sqlite: INTEGER */ PRIMARY KEY,
  key   TEXT /*pg: COLLATE "C" */ NOT NULL UNIQUE,
  hash  /*pg: BYTEA *//*sqlite: BLOB */ NOT NULL,
  op    TEXT NOT NULL,
  memo  TEXT NOT NULL,
  at    BIGINT NOT NULL,
  chain /*pg: BYTEA *//*sqlite: BLOB */ NOT NULL
);

CREATE TABLE entry (
  seq     /*pg: BIGINT *//*sqlite: INTEGER */ PRIMARY KEY,
  posting BIGINT NOT NULL,
  hold    TEXT NOT NULL,
  src     BIGINT NOT NULL,
  dst     BIGINT NOT NULL,
  amount  BIGINT NOT NULL CHECK (amount > 0)
);
CREATE INDEX entry_src ON entry (src, seq);
CREATE INDEX entry_dst ON entry (dst, seq);

CREATE TABLE hold (
  id       TEXT /*pg: COLLATE "C" */ PRIMARY KEY,
  src      BIGINT NOT NULL,
  dst      BIGINT NOT NULL,
  amount   BIGINT NOT NULL CHECK (amount > 0),
  captured BIGINT NOT NULL CHECK (captured >= 0 AND captured <= amount),
  refunded BIGINT NOT NULL CHECK (refunded >= 0 AND refunded <= captured),
  state    TEXT NOT NULL,
  expired  BOOLEAN NOT NULL,
  expires  BIGINT NOT NULL
) /*sqlite: WITHOUT ROWID */;
CREATE INDEX hold_due ON hold (expires) WHERE state = 'held' AND expires > 0;
CREATE INDEX hold_src ON hold (src, expires) WHERE state = 'held' AND expires > 0;

CREATE TABLE record (
  kind    TEXT /*pg: COLLATE "C" */ NOT NULL,
  id      TEXT /*pg: COLLATE "C" */ NOT NULL,
  owner   TEXT /*pg: COLLATE "C" */ NOT NULL,
  grp     TEXT /*pg: COLLATE "C" */ NOT NULL,
  version BIGINT NOT NULL,
  data    TEXT NOT NULL,
  updated BIGINT NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE INDEX record_owner ON record (kind, owner, id);
CREATE INDEX record_grp ON record (kind, grp, id);

CREATE TABLE event (
  stream TEXT /*pg: COLLATE "C" */ NOT NULL,
  seq    BIGINT NOT NULL,
  type   TEXT NOT NULL,
  data   TEXT NOT NULL,
  at     BIGINT NOT NULL,
  PRIMARY KEY (stream, seq)
);
