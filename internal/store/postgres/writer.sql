-- The writing transaction of PostgreSQL. Lists arrive as arrays, so that a batch of any size is a handful of statements.

-- name: head
SELECT w.posting, w.entry, w.account, w.chain, COALESCE((SELECT n.batch FROM node n WHERE n.id = $1), 0)
FROM writer w WHERE w.id = 1

-- name: lock
SELECT id FROM writer WHERE id = 1 FOR UPDATE

-- name: keys
SELECT key, hash FROM posting WHERE key = ANY($1::text[])

-- name: accounts
SELECT num, id, currency, overdraft, posted, reserved FROM account WHERE id = ANY($1::text[])

-- name: holds
SELECT h.id, s.id, d.id, h.amount, h.captured, h.refunded, h.state, h.expired, h.expires
FROM hold h JOIN account s ON s.num = h.src JOIN account d ON d.num = h.dst WHERE h.id = ANY($1::text[])

-- name: due
SELECT id FROM hold WHERE state = 'held' AND expires > 0 AND expires <= $1 ORDER BY expires LIMIT $2

-- name: records
SELECT r.kind, r.id, r.version FROM unnest($1::text[], $2::text[]) AS k(kind, id) JOIN record r ON r.kind = k.kind AND r.id = k.id

-- name: streams
SELECT k.stream, COALESCE((SELECT MAX(e.seq) FROM event e WHERE e.stream = k.stream), 0) FROM unnest($1::text[]) AS k(stream)

-- name: put_head
UPDATE writer SET posting = $1, entry = $2, account = $3, chain = $4 WHERE id = 1

-- name: put_node
INSERT INTO node (id, batch, at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, at = excluded.at

-- name: add_accounts
INSERT INTO account (num, id, currency, overdraft, posted, reserved)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[])

-- name: set_accounts
UPDATE account a SET posted = u.posted, reserved = u.reserved
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS u(num, posted, reserved) WHERE a.num = u.num

-- name: add_postings
INSERT INTO posting (num, key, hash, op, memo, at, chain)
SELECT u.num, u.key, u.hash, u.op, u.memo, $6, u.chain
FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::text[], $7::bytea[]) AS u(num, key, hash, op, memo, chain)

-- name: add_entries
INSERT INTO entry (seq, posting, hold, src, dst, amount)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])

-- name: put_holds
INSERT INTO hold (id, src, dst, amount, captured, refunded, state, expired, expires)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::boolean[], $9::bigint[])
ON CONFLICT (id) DO UPDATE SET captured = excluded.captured, refunded = excluded.refunded, state = excluded.state, expired = excluded.expired

-- name: put_records
INSERT INTO record (kind, id, owner, grp, version, data, updated)
SELECT u.kind, u.id, u.owner, u.grp, u.version, u.data, $7
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[]) AS u(kind, id, owner, grp, version, data)
ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, grp = excluded.grp, version = excluded.version,
  data = excluded.data, updated = excluded.updated

-- name: delete_records
DELETE FROM record r USING unnest($1::text[], $2::text[]) AS u(kind, id) WHERE r.kind = u.kind AND r.id = u.id

-- name: add_events
INSERT INTO event (stream, seq, type, data, at)
SELECT u.stream, u.seq, u.type, u.data, $5
FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) AS u(stream, seq, type, data)

-- name: notify
SELECT pg_notify('bangwo_event', u.stream) FROM unnest($1::text[]) AS u(stream)
