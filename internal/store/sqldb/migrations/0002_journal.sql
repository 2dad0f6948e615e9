-- One journal row per movement instead of a posting, its entries and two indexes over them: a transfer is one row in
-- one table and one key in one index. The first leg of a posting carries its key, the hash of its inputs, its memo and
-- its link of the chain; the others refer to it by their leg. Each row names the row before it of either account, which
-- makes a list of every account's entries, and every 64th row of an account is a waypoint from which its list is entered.
--
-- An account's row tells its state after its entry "last"; the writer stores it again only when that entry is about to
-- be more than a bounded number of entries old (writer.settled: everything up to there is in the accounts' rows).

ALTER TABLE entry RENAME TO entry_before;
DROP INDEX entry_src;
DROP INDEX entry_dst;
/*pg: ALTER INDEX entry_pkey RENAME TO entry_before_pkey; */
CREATE TABLE entry (
  seq      /*pg: BIGINT *//*sqlite: INTEGER */ PRIMARY KEY,
  posting  BIGINT NOT NULL,
  leg      BIGINT NOT NULL,
  op       TEXT NOT NULL,
  at       BIGINT NOT NULL,
  hold     TEXT NOT NULL,
  src      BIGINT NOT NULL,
  dst      BIGINT NOT NULL,
  amount   BIGINT NOT NULL CHECK (amount > 0),
  src_prev BIGINT NOT NULL,
  dst_prev BIGINT NOT NULL,
  key      TEXT /*pg: COLLATE "C" */,
  hash     /*pg: BYTEA *//*sqlite: BLOB */,
  memo     TEXT,
  chain    /*pg: BYTEA *//*sqlite: BLOB */,
  CHECK (leg > 0 OR (key IS NOT NULL AND hash IS NOT NULL AND memo IS NOT NULL AND chain IS NOT NULL))
);
CREATE UNIQUE INDEX entry_key ON entry (key) WHERE key IS NOT NULL;

INSERT INTO entry (seq, posting, leg, op, at, hold, src, dst, amount, src_prev, dst_prev, key, hash, memo, chain)
SELECT e.seq, e.posting, e.seq - f.first, p.op, p.at, e.hold, e.src, e.dst, e.amount, s.prev, d.prev,
  CASE WHEN e.seq = f.first THEN p.key END, CASE WHEN e.seq = f.first THEN p.hash END,
  CASE WHEN e.seq = f.first THEN p.memo END, CASE WHEN e.seq = f.first THEN p.chain END
FROM entry_before e JOIN posting p ON p.num = e.posting
JOIN (SELECT posting, MIN(seq) AS first FROM entry_before GROUP BY posting) f ON f.posting = e.posting
JOIN (SELECT seq, account, COALESCE(LAG(seq) OVER (PARTITION BY account ORDER BY seq), 0) AS prev
      FROM (SELECT seq, src AS account FROM entry_before UNION ALL SELECT seq, dst FROM entry_before) AS both1) s ON s.seq = e.seq AND s.account = e.src
JOIN (SELECT seq, account, COALESCE(LAG(seq) OVER (PARTITION BY account ORDER BY seq), 0) AS prev
      FROM (SELECT seq, src AS account FROM entry_before UNION ALL SELECT seq, dst FROM entry_before) AS both2) d ON d.seq = e.seq AND d.account = e.dst
ORDER BY e.seq;

CREATE TABLE waypoint (
  account BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  PRIMARY KEY (account, seq)
) /*sqlite: WITHOUT ROWID */;
INSERT INTO waypoint (account, seq)
SELECT account, seq FROM (
  SELECT account, seq, ROW_NUMBER() OVER (PARTITION BY account ORDER BY seq) AS nth
  FROM (SELECT seq, src AS account FROM entry UNION ALL SELECT seq, dst FROM entry) AS both3
) AS numbered WHERE nth % 64 = 0;

ALTER TABLE account ADD COLUMN entries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN last BIGINT NOT NULL DEFAULT 0;
UPDATE account SET entries = t.entries, last = t.last
FROM (SELECT account, COUNT(*) AS entries, MAX(seq) AS last
      FROM (SELECT seq, src AS account FROM entry UNION ALL SELECT seq, dst FROM entry) AS both4 GROUP BY account) AS t
WHERE t.account = account.num;

ALTER TABLE writer ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;
UPDATE writer SET settled = entry;

DROP TABLE entry_before;
DROP TABLE posting;
