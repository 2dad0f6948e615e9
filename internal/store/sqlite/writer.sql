-- The writing transaction of SQLite. Lists arrive as one JSON array.

-- name: head
SELECT posting, entry, account, chain, COALESCE((SELECT batch FROM node WHERE id = $1), 0) FROM writer WHERE id = 1

-- name: keys
SELECT key, hash FROM posting WHERE key IN (SELECT value FROM json_each($1))

-- name: accounts
SELECT num, id, currency, overdraft, posted, reserved FROM account WHERE id IN (SELECT value FROM json_each($1))

-- name: holds
SELECT h.id, s.id, d.id, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst
WHERE h.id IN (SELECT value FROM json_each($1))

-- name: due
SELECT id FROM hold WHERE state = 'held' AND expires > 0 AND expires <= $1 ORDER BY expires LIMIT $2

-- name: records
SELECT r.kind, r.id, r.version FROM json_each($1) AS k
JOIN record r ON r.kind = json_extract(k.value, '$[0]') AND r.id = json_extract(k.value, '$[1]')

-- name: streams
SELECT value, COALESCE((SELECT MAX(seq) FROM event WHERE stream = value), 0) FROM json_each($1)

-- name: put_head
UPDATE writer SET posting = $1, entry = $2, account = $3, chain = $4 WHERE id = 1

-- name: add_account
INSERT INTO account (num, id, currency, overdraft, posted, reserved) VALUES ($1, $2, $3, $4, $5, $6)

-- name: set_account
UPDATE account SET posted = $2, reserved = $3 WHERE num = $1

-- name: add_posting
INSERT INTO posting (num, key, hash, op, memo, at, chain) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: add_entry
INSERT INTO entry (seq, posting, hold, src, dst, amount) VALUES ($1, $2, $3, $4, $5, $6)

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
