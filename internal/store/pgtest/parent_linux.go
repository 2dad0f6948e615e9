package pgtest

import "syscall"

// dieWithParent stops the server should the tests be killed.
func dieWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGQUIT }
