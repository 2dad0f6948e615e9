// Package public measures the embedded engine on public sets that are read from a folder given. It holds readers only:
// no data, no words and no rules of any set.
package public
