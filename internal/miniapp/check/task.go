package check

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/sandbox"
)

// Bounds of checking one package in worker processes.
const (
	maxCheckCPU = 10 * time.Second // processor time of one attempt
	maxStuck    = 3                // scripts that no parser ends with; more refuse the package
)

type work struct {
	Package miniapp.Image `json:"package"`
	Skip    []string      `json:"skip"` // scripts that are not parsed
}

// task checks in a worker process: parsing what strangers wrote may take for ever.
var task = sandbox.NewTask("miniapp.check", func(in work, at func(string)) ([]Finding, error) {
	pkg, err := in.Package.Load()
	if err != nil {
		return nil, err
	}
	return run(pkg, in.Skip, at), nil
})

// Apart validates as Run does, in a process of pool, so that a script that cannot be parsed in bounded time and memory
// costs that process only; it is reported as a finding. Faults: limit and timeout when there are many such scripts.
func Apart(ctx context.Context, pool *sandbox.Pool, pkg *miniapp.Package) ([]Finding, error) {
	img, err := pkg.Image()
	if err != nil {
		return nil, fault.New(fault.Invalid, "read the package: %w", err)
	}
	in := work{Package: img}
	for {
		findings, err := task.Run(ctx, pool, in, sandbox.Limits{CPU: maxCheckCPU})
		if err == nil {
			return findings, nil
		}
		var f *fault.Error
		if !errors.As(err, &f) || f.Params["at"] == "" || slices.Contains(in.Skip, f.Params["at"]) || len(in.Skip) >= maxStuck {
			return nil, fault.New(fault.CodeOf(err), "the package cannot be checked: %w", err).
				WithHint("keep generated and obfuscated files out of the skill")
		}
		in.Skip = append(in.Skip, f.Params["at"])
	}
}
