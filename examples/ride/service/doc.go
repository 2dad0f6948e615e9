// Package service is the demo ride merchant, 云途出行 (Cloudway Rides), as an MCP server: places of a made-up city,
// fixed fares, orders with drivers, and cancellation with its fee. It behaves as a real merchant's server would and
// knows nothing of who calls it. Fares, drivers and ids follow from its seed and its data, never from chance, so that
// a run can be repeated. Fault switches make it slow, absent, dishonest or mortal, for tests and for showing recovery.
//
// A quote carries its content, signed, in its id: it outlives a restart of the server. Orders are kept in memory or,
// where Config.File names one, in a file that several processes may share.
package service
