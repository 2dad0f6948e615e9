-- Reads that both databases run as they stand. A "-- name:" line starts a query; $N are its parameters.

-- name: record_get
SELECT kind, id, owner, grp, version, data, updated FROM record WHERE kind = $1 AND id = $2

-- name: record_list
SELECT kind, id, owner, grp, version, data, updated FROM record WHERE kind = $1

-- name: events
SELECT stream, seq, type, data, at FROM event WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3

-- name: event_last
SELECT COALESCE(MAX(seq), 0) FROM event WHERE stream = $1

-- name: balance
-- An account's row and what the entries after a base did to it: after $3 where the asker knows the account as of that
-- entry ($4 = 1), else after what its row knows. All entries up to writer.settled are in the rows, and of an account
-- that the asker does not know, all up to $3.
SELECT a.num, a.currency, a.posted, a.reserved, a.last,
  CAST(COALESCE((SELECT SUM(h.amount) FROM hold h
    WHERE h.src = a.num AND h.state = 'held' AND h.expires > 0 AND h.expires <= $2), 0) AS BIGINT),
  CAST(COALESCE(SUM(CASE WHEN e.op = 'hold' OR e.op = 'void' THEN 0 WHEN e.src = a.num THEN -e.amount ELSE e.amount END), 0) AS BIGINT),
  CAST(COALESCE(SUM(CASE WHEN e.src <> a.num THEN 0 WHEN e.op = 'hold' THEN e.amount WHEN e.op = 'void' THEN -e.amount
    WHEN e.op = 'capture' THEN -x.amount ELSE 0 END), 0) AS BIGINT),
  COALESCE(MAX(e.seq), 0)
FROM account a
JOIN writer w ON w.id = 1
LEFT JOIN entry e ON (e.src = a.num OR e.dst = a.num) AND e.seq >
  CASE WHEN $4 = 1 THEN $3 WHEN a.last > w.settled AND a.last > $3 THEN a.last WHEN w.settled > $3 THEN w.settled ELSE $3 END
LEFT JOIN hold x ON x.id = e.hold AND e.op = 'capture'
WHERE a.id = $1
GROUP BY a.num, a.currency, a.posted, a.reserved, a.last

-- name: hold_get
SELECT h.id, s.id, d.id, s.currency, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst WHERE h.id = $1

-- name: statement_end
SELECT seq FROM waypoint WHERE account = $1 AND seq > $2 ORDER BY seq LIMIT 1 OFFSET $3

-- name: statement
-- Walks an account's list back from entry $2 to the first one after $3.
WITH RECURSIVE mine(seq, prev) AS (
  SELECT e.seq, CASE WHEN e.src = $1 THEN e.src_prev ELSE e.dst_prev END FROM entry e WHERE e.seq = $2 AND e.seq > $3
  UNION ALL
  SELECT e.seq, CASE WHEN e.src = $1 THEN e.src_prev ELSE e.dst_prev END FROM mine m JOIN entry e ON e.seq = m.prev WHERE m.prev > $3
)
SELECT e.seq, f.key, e.op, e.hold, s.id, d.id, e.amount, s.currency, f.memo, e.at
FROM mine m JOIN entry e ON e.seq = m.seq JOIN entry f ON f.seq = e.seq - e.leg
JOIN account s ON s.num = e.src JOIN account d ON d.num = e.dst
ORDER BY e.seq LIMIT $4

-- name: due_any
SELECT COUNT(*) FROM (SELECT id FROM hold WHERE state = 'held' AND expires > 0 AND expires <= $1 LIMIT 1) AS due

-- name: verify_lines
SELECT posting, leg, op, at, seq, hold, src, dst, amount, src_prev, dst_prev, COALESCE(key, ''), COALESCE(memo, ''), hash, chain
FROM entry ORDER BY seq

-- name: verify_accounts
SELECT num, id, currency, overdraft, posted, reserved, entries, last FROM account

-- name: verify_holds
SELECT h.id, s.id, d.id, s.currency, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst

-- name: verify_waypoints
SELECT account, seq FROM waypoint ORDER BY account, seq

-- name: verify_head
SELECT posting, entry, account, settled, chain FROM writer WHERE id = 1
