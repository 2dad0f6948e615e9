package main

import (
	"fmt"
	"net"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
)

const serveHelp = `Serve runs the platform until it is interrupted and prints the address it answers at. Everything is kept in the
data folder, or in PostgreSQL with --db; several nodes may share one PostgreSQL.

  bangwo serve --demo                                 with demo merchants, and demo people to sign in as
  bangwo serve --addr :8080 --host bangwo.example --secure --db postgres://bangwo@db/bangwo`

func newServe(c *common) *cobra.Command {
	cfg, now := app.Defaults(), ""
	cmd := &cobra.Command{Use: "serve", Short: "Run the platform", Long: serveHelp, Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if now != "" {
				at, err := parseNow(now)
				if err != nil {
					return usageError{err}
				}
				cfg.Now = clockFrom(at)
			}
			cfg.Log, cfg.Version = c.logger(cmd.ErrOrStderr()), version
			return serve(cmd, c, cfg)
		}}
	c.platform(cmd, &cfg)
	c.model(cmd, &cfg)
	f := cmd.Flags()
	f.StringVar(&cfg.Addr, "addr", cfg.Addr, "`host:port` to answer at; port 0 takes a free one")
	f.BoolVar(&cfg.Demo, "demo", false, "add demo merchants, and demo people with money whom anyone may sign in as")
	f.StringArrayVar(&cfg.Hosts, "host", nil, "a further `name` under which people reach it")
	f.BoolVar(&cfg.Secure, "secure", false, "people reach it by https (a proxy in front ends TLS)")
	f.StringVar(&now, "now", "", "the `time` it is, for demonstrations: 2026-11-24T08:00 or RFC 3339")
	f.StringVar(&cfg.Collector, "otlp", "", "`URL` of an OpenTelemetry collector that traces are sent to by OTLP over HTTP, such as http://localhost:4318")
	f.StringVar(&cfg.Node, "node", "", "this node's `name` among several on one database")
	return cmd
}

func serve(cmd *cobra.Command, c *common, cfg app.Config) (err error) {
	ctx := cmd.Context()
	a, err := app.New(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() {
		if closed := a.Close(); err == nil {
			err = closed
		}
	}()
	l, err := a.Listen(ctx)
	if err != nil {
		return err
	}
	if c.json {
		err = printJSON(cmd.OutOrStdout(), map[string]string{"address": address(l.Addr()), "data": cfg.Data})
	} else {
		fmt.Fprintf(cmd.OutOrStdout(), "Bangwo answers at %s (data in %s, Ctrl-C stops it)\n", address(l.Addr()), cfg.Data)
	}
	if err != nil {
		return err
	}
	return a.Run(ctx, l)
}

// address is where a browser on this machine reaches the listener.
func address(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return a.String()
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(tcp.Port))
}
