//go:build !unix

package service

// lockFile does nothing where there is no flock: there only one process may use a file.
func lockFile(string) (unlock func(), err error) { return func() {}, nil }
