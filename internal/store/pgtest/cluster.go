// Package pgtest gives tests a throwaway PostgreSQL: one cluster for a test binary, on a Unix socket in a temporary
// folder, an empty database for each test. BANGWO_TEST_POSTGRES names a running server to use instead.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// EnvServer names the environment variable with the address of a running server whose user may create databases.
const EnvServer = "BANGWO_TEST_POSTGRES"

const startTime = 60 * time.Second

// missing is what a developer without PostgreSQL reads.
const missing = "PostgreSQL is not installed: run scripts/postgres.sh (or install the package \"postgresql\"), or set " + EnvServer

// Cluster is a running server.
type Cluster struct {
	URL  string // of its maintenance database
	Bin  string // folder of its programs, "" for a server that was running before
	stop func()
}

var (
	once   sync.Once
	shared *Cluster
	failed error
	count  atomic.Int64
)

// Main runs a package's tests and stops the cluster that they may have started; call it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop ends the shared cluster.
func Stop() {
	if shared != nil && shared.stop != nil {
		shared.stop()
	}
}

// Database makes an empty database and returns its address. Without PostgreSQL the test fails and says what to do.
func Database(t testing.TB) string {
	t.Helper()
	once.Do(func() { shared, failed = Start(context.Background(), Fast) })
	if failed != nil {
		t.Fatal(failed)
	}
	address, err := shared.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// Database makes an empty database in the cluster and returns its address.
func (c *Cluster) Database(ctx context.Context) (string, error) {
	conn, err := pgx.Connect(ctx, c.URL)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	name := fmt.Sprintf("bangwo_test_%d_%d", os.Getpid(), count.Add(1))
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	u, err := url.Parse(c.URL)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// Stop ends a cluster that Start started.
func (c *Cluster) Stop() {
	if c.stop != nil {
		c.stop()
	}
}

// How a cluster is run.
const (
	Fast    = false // for tests: they end our processes, not the server, so it need not flush
	Durable = true  // for measurements: as a server is run
)

// Start starts a cluster, or takes the one that the environment names.
func Start(ctx context.Context, durable bool) (*Cluster, error) {
	if u := os.Getenv(EnvServer); u != "" {
		return &Cluster{URL: u}, nil
	}
	bin, err := findBin()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bangwo-pg-")
	if err != nil {
		return nil, err
	}
	who, err := owner()
	if err == nil && who != nil {
		err = os.Chown(dir, int(who.Uid), int(who.Gid))
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	c := &Cluster{Bin: bin, URL: "postgres://postgres@/postgres?host=" + url.QueryEscape(dir)}
	if err := c.launch(ctx, dir, who, durable); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return c, nil
}

// launch makes the cluster and runs its server as a child that ends with us.
func (c *Cluster) launch(ctx context.Context, dir string, who *syscall.Credential, durable bool) error {
	data := filepath.Join(dir, "data")
	init := command(ctx, who, dir, filepath.Join(c.Bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	args := []string{"-D", data, "-k", dir, "-h", "", "-c", "max_connections=200"}
	if !durable {
		args = append(args, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB", "-c", "autovacuum=off")
	}
	server := command(context.Background(), who, dir, filepath.Join(c.Bin, "postgres"), args...)
	server.Stdout, server.Stderr = log, log
	dieWithParent(server.SysProcAttr)
	if err := server.Start(); err != nil {
		return err
	}
	gone := make(chan struct{})
	go func() { _ = server.Wait(); close(gone) }()
	var end sync.Once
	c.stop = func() {
		end.Do(func() {
			_ = server.Process.Signal(syscall.SIGQUIT) // at once: nothing in it is kept
			<-gone
			os.RemoveAll(dir)
		})
	}
	if err := c.ready(ctx, gone); err != nil {
		c.stop()
		return err
	}
	return nil
}

func (c *Cluster) ready(ctx context.Context, gone <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-gone:
			return errors.New("the PostgreSQL server ended while starting")
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func command(ctx context.Context, who *syscall.Credential, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	return cmd
}

// owner is whom the server runs as: PostgreSQL refuses root, so root lends it to the user postgres or nobody.
func owner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is no user \"postgres\"")
}

// findBin finds the newest installed server.
func findBin() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	var found []string
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/opt/homebrew/opt/postgresql*/bin/initdb", "/usr/local/opt/postgresql*/bin/initdb"} {
		m, _ := filepath.Glob(pattern)
		found = append(found, m...)
	}
	if len(found) == 0 {
		return "", errors.New(missing)
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) < version(found[j]) })
	return filepath.Dir(found[len(found)-1]), nil
}

// version is the number in an installation's path.
func version(path string) int {
	n, _ := strconv.Atoi(strings.Trim(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, path), " "))
	return n
}
