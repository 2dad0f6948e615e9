package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

const (
	callbackPath   = "/callback"
	callbackHeader = 10 * time.Second // for a browser to send its request
	maxCallback    = 8 << 10          // bytes of its head
)

const signInHelp = `Sign-in signs the operator in at an MCP server that wants it, and keeps the tokens in the data folder: sealed (AES-256-GCM)
in the database, under a key in the file secret.key that only its owner may read. They are renewed by themselves.

It opens the address in a browser where there is one and prints it in any case; the browser comes back to a callback
on this machine. From elsewhere, forward that port (ssh -L), or sign in through a running server: POST
/api/v1/operator/sign-ins (docs/http-api.md).

  bangwo service sign-in --data ./data https://example.com/mcp
  bangwo service sign-in --data ./data --scope orders.write my-service
  bangwo service sign-in --data ./data --callback 127.0.0.1:8799 https://example.com/mcp     a fixed port, for a registered client id
  bangwo service sign-out --data ./data my-service

With a client id of your own: bangwo service add --storage client_id=… [--storage client_secret=…] URL`

// signing are the flags of a sign-in.
type signing struct {
	callback string
	scopes   []string
	browser  bool
}

func (s *signing) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.callback, "callback", "127.0.0.1:0", "loopback `host:port` that the browser comes back to; port 0 takes a free one")
	f.BoolVar(&s.browser, "browser", true, "open a browser for a sign-in")
}

func serviceSignIn(c *common, cfg *app.Config) *cobra.Command {
	s := &signing{}
	cmd := &cobra.Command{Use: "sign-in ID-or-URL", Short: "Sign in at an MCP server that wants it", Long: signInHelp, Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				src, err := sourceOf(ctx, a, args[0])
				if err != nil {
					return err
				}
				if err := s.run(ctx, cmd, a, src); err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]string{"signed_in": src.URL}, "signed in at "+src.URL)
			})
		}}
	s.flags(cmd)
	cmd.Flags().StringArrayVar(&s.scopes, "scope", nil, "a `scope` to ask for beside those the server names")
	return cmd
}

func serviceSignOut(c *common, cfg *app.Config) *cobra.Command {
	return &cobra.Command{Use: "sign-out ID-or-URL", Short: "Forget the tokens of a sign-in", Args: usage(cobra.ExactArgs(1)),
		Example: "  bangwo service sign-out --data ./data my-service",
		RunE: func(cmd *cobra.Command, args []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				src, err := sourceOf(ctx, a, args[0])
				if err != nil {
					return err
				}
				if err := a.SignOut(ctx, src); err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]string{"signed_out": src.URL}, "signed out at "+src.URL)
			})
		}}
}

// sourceOf finds the server that is meant: an address, or a service that was added.
func sourceOf(ctx context.Context, a *app.App, arg string) (catalog.Source, error) {
	if strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://") {
		return catalog.Source{Track: catalog.TrackMCP, URL: arg}, nil
	}
	svc, err := a.Services().Get(ctx, arg)
	return svc.Source, err
}

// wantsSignIn tells whether a service could not be opened because nobody is signed in there.
func wantsSignIn(err error) bool {
	f, ok := err.(*fault.Error)
	return ok && f.Code == fault.Denied && f.Params["sign_in"] != ""
}

// run listens for the browser, then signs in.
func (s *signing) run(ctx context.Context, cmd *cobra.Command, a *app.App, src catalog.Source) error {
	host, _, err := net.SplitHostPort(s.callback)
	if ip := net.ParseIP(host); err != nil || (host != "localhost" && (ip == nil || !ip.IsLoopback())) {
		return usageError{fmt.Errorf("--callback is a loopback host:port such as 127.0.0.1:0, not %q", s.callback)}
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.callback)
	if err != nil {
		return fault.New(fault.Unavailable, "listen on %s: %w", s.callback, err).WithHint("choose another with --callback")
	}
	w := &waiting{out: cmd.ErrOrStderr(), browser: s.browser, back: make(chan url.Values, 1)}
	server := &http.Server{Handler: w, ReadHeaderTimeout: callbackHeader, MaxHeaderBytes: maxCallback}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	defer func() {
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), callbackHeader)
		defer cancel()
		_ = server.Shutdown(stop) // lets the page be shown
		<-done
	}()
	door := mcp.Door{Redirect: "http://" + l.Addr().String() + callbackPath, Fetch: w.fetch}
	return a.SignIn(ctx, src, door, s.scopes...)
}

// waiting is the callback: it takes the first answer that carries the state of the link it showed.
type waiting struct {
	out     io.Writer
	browser bool
	back    chan url.Values
}

// fetch shows the address and waits for the browser to come back.
func (w *waiting) fetch(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
	u, err := url.Parse(args.URL)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, fault.New(fault.Merchant, "the server leads to %q to sign in, which is no web address", plain(args.URL))
	}
	fmt.Fprintf(w.out, "Sign in here (waiting up to %s):\n  %s\n", mcp.SignInFor, plain(args.URL))
	if w.browser {
		openBrowser(u.String())
	}
	state := u.Query().Get("state")
	for {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case q := <-w.back:
			switch {
			case q.Get("state") != state:
				continue // not ours: somebody else's page
			case q.Get("error") != "":
				return nil, fault.New(fault.Denied, "the authorization server refused: %s", plain(q.Get("error")+" "+q.Get("error_description")))
			}
			return &auth.AuthorizationResult{Code: q.Get("code"), State: state, Iss: q.Get("iss")}, nil
		}
	}
}

// ServeHTTP takes what the browser brings and answers a page that shows none of it.
func (w *waiting) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if r.Method != http.MethodGet || r.URL.Path != callbackPath || q.Get("state") == "" {
		http.NotFound(rw, r)
		return
	}
	select {
	case w.back <- q:
	default: // one is being looked at
	}
	lang := i18n.Match(r.Header.Get("Accept-Language"))
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.Header().Set("Content-Security-Policy", "default-src 'none'")
	fmt.Fprintf(rw, "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\"><title>Bangwo</title><p>%s</p>", lang, html.EscapeString(i18n.Text(lang, "signin.back", nil)))
}

// openBrowser tries to; the address is printed in any case.
func openBrowser(address string) {
	name := map[string]string{"darwin": "open", "windows": "explorer"}[runtime.GOOS]
	if name == "" {
		name = "xdg-open"
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return
	}
	cmd := exec.Command(path, address)
	if cmd.Start() == nil {
		go func() { _ = cmd.Wait() }()
	}
}
