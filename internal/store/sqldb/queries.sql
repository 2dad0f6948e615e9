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
SELECT id, currency, posted,
       reserved - COALESCE((SELECT SUM(h.amount) FROM hold h
         WHERE h.src = account.num AND h.state = 'held' AND h.expires > 0 AND h.expires <= $2), 0)
FROM account WHERE id = $1

-- name: hold_get
SELECT h.id, s.id, d.id, s.currency, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst WHERE h.id = $1

-- name: statement
SELECT e.seq, p.key, p.op, e.hold, s.id, d.id, e.amount, s.currency, p.memo, p.at
FROM (
  SELECT seq FROM (SELECT e1.seq FROM entry e1 JOIN account a1 ON a1.num = e1.src
                   WHERE a1.id = $1 AND e1.seq > $2 ORDER BY e1.seq LIMIT $3) AS gave
  UNION
  SELECT seq FROM (SELECT e2.seq FROM entry e2 JOIN account a2 ON a2.num = e2.dst
                   WHERE a2.id = $1 AND e2.seq > $2 ORDER BY e2.seq LIMIT $3) AS took
) AS mine
JOIN entry e ON e.seq = mine.seq JOIN posting p ON p.num = e.posting
JOIN account s ON s.num = e.src JOIN account d ON d.num = e.dst
ORDER BY e.seq LIMIT $3

-- name: due_any
SELECT COUNT(*) FROM (SELECT id FROM hold WHERE state = 'held' AND expires > 0 AND expires <= $1 LIMIT 1) AS due

-- name: verify_lines
SELECT p.num, p.key, p.op, p.memo, p.at, p.chain, e.seq, e.hold, s.id, d.id, e.amount
FROM entry e JOIN posting p ON p.num = e.posting
JOIN account s ON s.num = e.src JOIN account d ON d.num = e.dst
ORDER BY e.seq

-- name: verify_accounts
SELECT id, currency, overdraft, posted, reserved FROM account

-- name: verify_holds
SELECT h.id, s.id, d.id, s.currency, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst

-- name: verify_head
SELECT posting, entry, chain FROM writer WHERE id = 1
