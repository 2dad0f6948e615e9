// Package sqldb is what the SQL drivers share: schema, reads, and the group-committing writer.
//
// All writes of a process (records, events, postings) go through one goroutine. It takes what has queued up, at most
// MaxBatch requests, opens one transaction that holds the database's writer row, loads what the requests name, decides
// them in order in memory (package ledger's Book judges money), stores what changed, each row once, and commits. Only
// then are the callers answered. A request that is declined leaves nothing and never harms the others. Because the
// writer row orders the writers of all nodes, entry numbers appear in commit order and the hash chain is one chain.
package sqldb
