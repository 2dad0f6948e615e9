-- The writing transaction of PostgreSQL. Lists arrive as arrays, so that a batch of any size is a handful of statements.

-- name: head
SELECT w.posting, w.entry, w.account, w.settled, w.chain, COALESCE((SELECT n.batch FROM node n WHERE n.id = $1), 0)
FROM writer w WHERE w.id = 1

-- name: lock
SELECT id FROM writer WHERE id = 1 FOR UPDATE

-- name: keys
SELECT key, hash FROM entry WHERE key = ANY($1::text[])

-- name: accounts
SELECT num, id, currency, overdraft, posted, reserved, entries, last FROM account WHERE id = ANY($1::text[])

-- name: tail
SELECT e.seq, e.op, e.src, e.dst, e.amount, COALESCE(h.amount, 0)
FROM entry e LEFT JOIN hold h ON h.id = e.hold AND e.op = 'capture'
WHERE e.seq > GREATEST($1::bigint, (SELECT settled FROM writer WHERE id = 1)) ORDER BY e.seq

-- name: tail_accounts
SELECT num, id, currency, overdraft, posted, reserved, entries, last FROM account WHERE num = ANY(ARRAY(
  SELECT unnest(ARRAY[e.src, e.dst]) FROM entry e
  WHERE e.seq > GREATEST($1::bigint, (SELECT settled FROM writer WHERE id = 1))))

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
UPDATE writer SET posting = $1, entry = $2, account = $3, settled = $4, chain = $5 WHERE id = 1

-- name: put_node
INSERT INTO node (id, batch, at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, at = excluded.at

-- name: add_accounts
INSERT INTO account (num, id, currency, overdraft, posted, reserved, entries, last)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])

-- name: set_accounts
UPDATE account a SET posted = u.posted, reserved = u.reserved, entries = u.entries, last = u.last
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS u(num, posted, reserved, entries, last) WHERE a.num = u.num

-- name: add_entries
INSERT INTO entry (seq, posting, leg, op, hold, src, dst, amount, src_prev, dst_prev, key, hash, memo, chain, at)
SELECT u.*, $15 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[],
  $9::bigint[], $10::bigint[], $11::text[], $12::bytea[], $13::text[], $14::bytea[]) AS u

-- name: add_waypoints
INSERT INTO waypoint (account, seq) SELECT * FROM unnest($1::bigint[], $2::bigint[])

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
