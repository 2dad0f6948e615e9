-- The writing transaction of SQLite: one prepared statement for each sort of row.

-- name: head
SELECT posting, entry, account, settled, chain FROM writer WHERE id = 1

-- name: key
SELECT hash FROM entry WHERE key = $1

-- name: account
SELECT num, id, currency, overdraft, posted, reserved, entries, last FROM account WHERE id = $1

-- name: account_num
SELECT num, id, currency, overdraft, posted, reserved, entries, last FROM account WHERE num = $1

-- name: tail
SELECT e.seq, e.op, e.src, e.dst, e.amount, COALESCE(h.amount, 0)
FROM entry e LEFT JOIN hold h ON h.id = e.hold AND e.op = 'capture' WHERE e.seq > $1 ORDER BY e.seq

-- name: hold
SELECT h.id, s.id, d.id, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst WHERE h.id = $1

-- name: due
SELECT id FROM hold WHERE state = 'held' AND expires > 0 AND expires <= $1 ORDER BY expires LIMIT $2

-- name: record
SELECT version FROM record WHERE kind = $1 AND id = $2

-- name: stream
SELECT COALESCE(MAX(seq), 0) FROM event WHERE stream = $1

-- name: put_head
UPDATE writer SET posting = $1, entry = $2, account = $3, settled = $4, chain = $5 WHERE id = 1

-- name: add_account
INSERT INTO account (num, id, currency, overdraft, posted, reserved, entries, last) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: set_account
UPDATE account SET posted = $2, reserved = $3, entries = $4, last = $5 WHERE num = $1

-- name: add_entry
INSERT INTO entry (seq, posting, leg, op, at, hold, src, dst, amount, src_prev, dst_prev, key, hash, memo, chain)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

-- name: add_waypoint
INSERT INTO waypoint (account, seq) VALUES ($1, $2)

-- name: put_hold
INSERT INTO hold (id, src, dst, amount, captured, refunded, state, expired, expires) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET captured = excluded.captured, refunded = excluded.refunded, state = excluded.state, expired = excluded.expired

-- name: put_record
INSERT INTO record (kind, id, owner, grp, version, data, updated) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, grp = excluded.grp, version = excluded.version,
  data = excluded.data, updated = excluded.updated

-- name: delete_record
DELETE FROM record WHERE kind = $1 AND id = $2

-- name: add_event
INSERT INTO event (stream, seq, type, data, at) VALUES ($1, $2, $3, $4, $5)

-- name: begin
BEGIN IMMEDIATE

-- name: commit
COMMIT

-- name: rollback
ROLLBACK
