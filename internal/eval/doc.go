// Package eval measures what the platform makes of sentences. A suite is a folder of services in the merchants' own
// formats (WeChat and Alipay Skill packages, MCP servers) and of cases: what a person says, in one or several turns, and
// what the merchants' data must be in the end. Every case goes through the whole product (register, sandbox, mind, desk,
// ledger), and is judged by the final state of the services' own data and by the money that moved, never by words.
//
// Run brings the services into throw-away data folders, one for each worker, and gives every case a person of its own
// and fresh merchants. A suite's two sets are kept apart: dev is for tuning, held was set aside before and is only counted.
package eval
