package app

import (
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// Config is everything that can be set. The binary fills it from flags, the environment (BANGWO_ and the flag's
// name in capitals, hyphens as underscores) and a JSON file (the flags' names as members), in that order.
type Config struct {
	// Addr is where HTTP is served, "host:port"; port 0 takes a free one.
	Addr string
	// Data is the folder that keeps everything: the database, packages, the demo merchants.
	Data string
	// DB is a postgres:// URL; "" keeps an embedded database in Data.
	DB string
	// KeyFile holds the key that seals what sign-ins at merchants' servers bring; nodes on one database share it. "" keeps
	// it in Data.
	KeyFile string
	// Demo adds the demo merchants and demo people with money, whom anyone may sign in as.
	Demo bool
	// Hosts are further names under which the server may be called. Together with the listening address they are
	// checked whenever the server listens on loopback only, or when any is given.
	Hosts []string
	// Secure says that people reach the server by https: cookies are marked so.
	Secure bool
	// Node names this process among those on one database; two running nodes must not share a name. "" makes one.
	Node string
	// Workers bounds the processes that run merchants' scripts at the same time; 0 takes a default from the machine.
	Workers int
	// Worker is the command that starts a script worker; empty takes this program with the argument "worker".
	Worker []string
	// Passive opens everything but takes up no errands: for commands that only look or change settings.
	Passive bool
	// Self is the path of the bangwo program, which also is the demo ride service; "" takes the running program.
	Self string
	// Collector is where traces are sent as OTLP over HTTP, such as http://localhost:4318; "" sends none.
	Collector string
	// ModelURL is the base address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1; "" asks no model.
	ModelURL string
	// ModelKey is the endpoint's key. It is sent to the endpoint only, and stands in no log.
	ModelKey string
	// ModelName is the model to ask for.
	ModelName string
	// ModelWhen tells when: "unsure" (where the embedded engine is, the default), "always" or "never".
	ModelWhen string
	// ModelTimeout is how long one question may take; 0 takes a default.
	ModelTimeout time.Duration
	// Version is what /healthz and the API's description say.
	Version string
	// Now is the clock of everything that people see; nil: time.Now.
	Now func() time.Time
	// Log receives what operators read; nil: nothing.
	Log *slog.Logger
}

// Defaults are the settings of a laptop.
func Defaults() Config { return Config{Addr: "127.0.0.1:8080", Data: "data", Version: "dev"} }

// complete checks the settings and fills what was left out. Faults: invalid.
func (c *Config) complete() error {
	if c.Data == "" {
		return fault.New(fault.Invalid, "no data folder is given").With("field", "data")
	}
	if c.DB != "" && !strings.HasPrefix(c.DB, "postgres://") && !strings.HasPrefix(c.DB, "postgresql://") {
		return fault.New(fault.Invalid, "db is a postgres:// URL, or empty for the embedded database").With("field", "db")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}

// hosts lists the names that the server answers to; none means any.
func (c *Config) hosts(listening net.Addr) []string {
	tcp, ok := listening.(*net.TCPAddr)
	if len(c.Hosts) == 0 && (!ok || !tcp.IP.IsLoopback()) {
		return nil
	}
	out := []string{"localhost", "127.0.0.1", "::1"}
	for _, h := range c.Hosts {
		out = append(out, strings.ToLower(h))
	}
	if ok && !tcp.IP.IsUnspecified() {
		out = append(out, tcp.IP.String())
	}
	return out
}
