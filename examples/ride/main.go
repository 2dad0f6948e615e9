// Command ride serves the demo ride merchant as an MCP server: over stdio, or over streamable HTTP with --http.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/examples/ride/service"
)

const (
	readTimeout = 30 * time.Second
	maxRequest  = 1 << 20
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "ride:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("ride", flag.ContinueOnError)
	address := flags.String("http", os.Getenv("RIDE_HTTP"), "serve streamable HTTP at this address instead of stdio (RIDE_HTTP)")
	file := flags.String("data", os.Getenv("RIDE_DATA"), "file that keeps the orders; memory when empty (RIDE_DATA)")
	seed := flags.String("seed", os.Getenv("RIDE_SEED"), "seed of the ids (RIDE_SEED)")
	faults := flags.String("fault", os.Getenv("RIDE_FAULT"), "slow, down, wrong-price, double-answer, die-mid-call; several with commas (RIDE_FAULT)")
	surge := flags.Float64("surge", number("RIDE_SURGE"), "fares rise by this factor between quote and first booking, e.g. 1.4 (RIDE_SURGE)")
	slow := flags.Duration("slow", 0, "how long the fault slow waits")
	if err := flags.Parse(args); err != nil {
		return err
	}
	list, err := service.ParseFaults(*faults)
	if err != nil {
		return err
	}
	s, err := service.New(service.Config{File: *file, Seed: *seed, Surge: *surge, Faults: list, Slow: *slow, Die: func() { os.Exit(3) }})
	if err != nil {
		return err
	}
	server, err := s.Server()
	if err != nil {
		return err
	}
	if *address == "" {
		return server.Run(ctx, s.Transport(&mcp.StdioTransport{}))
	}
	return serveHTTP(ctx, *address, server)
}

func number(name string) float64 {
	v, _ := strconv.ParseFloat(os.Getenv(name), 64)
	return v
}

func serveHTTP(ctx context.Context, address string, server *mcp.Server) error {
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil)
	web := &http.Server{Addr: address, Handler: http.MaxBytesHandler(handler, maxRequest), ReadHeaderTimeout: readTimeout}
	failed := make(chan error, 1)
	go func() { failed <- web.ListenAndServe() }()
	fmt.Fprintln(os.Stderr, "ride: serving at", address)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return web.Close()
	}
}
