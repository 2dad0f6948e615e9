package skill

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"slices"
	"sync"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/sandbox"
)

// Bounds of compiling. What breaks one costs a worker process, and the file that did it is out.
const (
	maxBatch      = 512 << 10       // bytes of sources that are compiled at once
	maxCompileCPU = 2 * time.Second // processor time of one batch
	maxStuck      = 3               // files of one package that the compiler cannot end; more refuse the skill
	maxCache      = 32 << 20        // bytes of compiled text that a driver keeps
	compileWall   = 20 * time.Second
)

// source is a script as the merchant wrote it.
type source struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// output is its CommonJS, or why there is none.
type output struct {
	Code  string `json:"code"`
	Fault string `json:"fault,omitempty"`
}

func (o output) text() string {
	if o.Fault != "" {
		return throwing(o.Fault) // only who requires it fails
	}
	return o.Code
}

// compileTask turns scripts and ES modules into CommonJS, within a worker process: the compiler takes time that grows
// with the cube of how deep some texts nest.
var compileTask = sandbox.NewTask("skill.compile", func(in []source, at func(string)) ([]output, error) {
	out := make([]output, len(in))
	for i, s := range in {
		at(s.File)
		out[i] = transform(s)
	}
	return out, nil
})

// transform changes modules only: the engine speaks ES2023.
func transform(s source) output {
	loader := api.LoaderJS
	if path.Ext(s.File) == ".ts" {
		loader = api.LoaderTS
	}
	r := api.Transform(s.Text, api.TransformOptions{Loader: loader, Format: api.FormatCommonJS, Target: api.ES2022, Platform: api.PlatformNeutral,
		Charset: api.CharsetUTF8, Sourcefile: s.File, Supported: map[string]bool{"dynamic-import": false, "top-level-await": false},
		Define: map[string]string{"process.env.NODE_ENV": `"production"`}, LogLevel: api.LogLevelSilent})
	switch {
	case len(r.Errors) == 0:
		return output{Code: string(r.Code)}
	case r.Errors[0].Location != nil:
		return output{Fault: fmt.Sprintf("%s:%d: %s", s.File, r.Errors[0].Location.Line, r.Errors[0].Text)}
	}
	return output{Fault: fmt.Sprintf("%s: %s", s.File, r.Errors[0].Text)}
}

func throwing(why string) string { return fmt.Sprintf("throw new SyntaxError(%q)", why) }

// scripts compiles sources in the driver's pool and remembers what came of them.
type scripts struct {
	pool  *sandbox.Pool
	mu    sync.Mutex
	size  int
	known map[[sha256.Size]byte]string
}

func newScripts(pool *sandbox.Pool) *scripts {
	return &scripts{pool: pool, known: map[[sha256.Size]byte]string{}}
}

func (c *scripts) recall(s source) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text, ok := c.known[s.key()]
	return text, ok
}

func (c *scripts) remember(s source, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size += len(text); c.size > maxCache { // compiling again is cheap; order is not kept
		clear(c.known)
		c.size = len(text)
	}
	c.known[s.key()] = text
}

func (s source) key() [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%d %s\n%s", len(s.File), s.File, s.Text))
}

// session is the compiling of one package: it bounds how much a package may cost in all.
type session struct {
	*scripts
	stuck int // scripts that had to be stopped
}

// compile returns the texts of all sources, in their order.
func (c *session) compile(ctx context.Context, in []source) ([]string, error) {
	out, rest := make([]string, len(in)), []int{}
	for i, s := range in {
		text, ok := c.recall(s)
		if out[i] = text; !ok {
			rest = append(rest, i)
		}
	}
	for len(rest) > 0 {
		var batch []source
		for size := 0; len(batch) < len(rest); {
			s := in[rest[len(batch)]]
			if size += len(s.Text); size > maxBatch && len(batch) > 0 {
				break
			}
			batch = append(batch, s)
		}
		done, bad, err := c.batch(ctx, batch)
		if err != nil && bad < 0 {
			return nil, err
		}
		if err != nil { // the others are tried again without it
			if out[rest[bad]], err = c.giveUp(batch[bad], err); err != nil {
				return nil, err
			}
			rest = append(rest[:bad:bad], rest[bad+1:]...)
			continue
		}
		for i, o := range done {
			out[rest[i]] = o.text()
			c.remember(batch[i], out[rest[i]])
		}
		rest = rest[len(batch):]
	}
	return out, nil
}

// giveUp puts an error in the place of a script that the compiler could not end.
func (c *session) giveUp(s source, err error) (string, error) {
	if c.stuck++; c.stuck > maxStuck {
		return "", fault.New(fault.CodeOf(err), "more than %d scripts cannot be compiled, %s among them: %w", maxStuck, s.File, err).
			WithHint("keep generated and obfuscated code out of the skill")
	}
	return throwing(fmt.Sprintf("%s cannot be compiled, it takes more time or memory than it may: %v", s.File, err)), nil
}

// batch compiles in one worker. When a script was too much for it, bad is that script's place in the batch; else it is -1.
func (c *session) batch(ctx context.Context, batch []source) (done []output, bad int, err error) {
	done, err = compileTask.Run(ctx, c.pool, batch, sandbox.Limits{CPU: maxCompileCPU, Wall: compileWall})
	if err == nil && len(done) != len(batch) {
		err = fault.New(fault.Internal, "the compiler answered %d of %d scripts", len(done), len(batch))
	}
	var f *fault.Error
	if err == nil || ctx.Err() != nil || !errors.As(err, &f) {
		return done, -1, err
	}
	return nil, slices.IndexFunc(batch, func(s source) bool { return s.File == f.Params["at"] }), err
}
