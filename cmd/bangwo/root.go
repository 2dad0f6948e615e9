package main

import (
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
)

const rootHelp = `Bangwo (帮我, "help me") turns one sentence into finished errands: it finds the services, prepares
the orders, shows one confirmation, takes one payment and carries everything through.

Try it:
  bangwo serve --demo                      the platform with demo merchants and people, in a browser
  bangwo ask --demo --data ./data "帮我叫辆车去机场，顺便在附近订三杯低糖拿铁"
  bangwo service add ./my-package          bring a merchant: a Skill package or an MCP server
  bangwo skill check ./my-package          check a package as the platforms do

Every flag can also be set by the environment (BANGWO_DATA for --data, BANGWO_LOG_LEVEL for --log-level) or in
a JSON file named by --config, in this order: {"data": "/var/lib/bangwo", "host": ["bangwo.example"], "secure": true}.
A name in the file that no command knows is an error (docs/command-line.md).

Shell completion: source <(bangwo completion bash); zsh, fish and powershell likewise.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a question or the confirmation is open, 4 refused.`

// common are the flags that every command has.
type common struct {
	config   string
	logLevel string
	json     bool
}

func newRoot() *cobra.Command {
	c := &common{}
	root := &cobra.Command{Use: "bangwo", Short: "One sentence, finished errands", Long: rootHelp,
		SilenceErrors: true, SilenceUsage: true, Version: version,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return settle(cmd, os.LookupEnv, c.config) },
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Args:              usage(cobra.NoArgs)}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.StringVar(&c.config, "config", "", "JSON `file` with settings, by the flags' names")
	flags.StringVar(&c.logLevel, "log-level", "warn", "what is logged to standard error: debug, info, warn, error")
	flags.BoolVar(&c.json, "json", false, "print JSON")
	root.AddCommand(newServe(c), newAsk(c), newService(c), newSkill(c), newWorker(), newVersion(c), newDoctor(c), newPerson(c), newOperator(c), newExposures(c), newBench(c), newLedger(c), newEval(c), newDemoRide())
	return root
}

// usage makes a complaint about arguments one about usage.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// logger writes to w at the level asked for.
func (c *common) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(strings.ToUpper(c.logLevel))); err != nil {
		level = slog.LevelWarn
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// platform are the flags of commands that open a data folder.
func (c *common) platform(cmd *cobra.Command, cfg *app.Config) {
	f := cmd.Flags()
	f.StringVar(&cfg.Data, "data", cfg.Data, "`folder` that keeps everything")
	f.StringVar(&cfg.DB, "db", "", "postgres:// `URL`; without it the database is kept in the data folder")
	f.StringVar(&cfg.KeyFile, "key-file", "", "`file` with the key that seals sign-ins (secret.key in the data folder); nodes on one database share it")
	f.IntVar(&cfg.Workers, "workers", 0, "processes that run merchants' scripts at the same time (0: as the machine allows)")
}

// model are the flags of commands that may ask a language model.
func (c *common) model(cmd *cobra.Command, cfg *app.Config) {
	f := cmd.Flags()
	f.StringVar(&cfg.ModelURL, "model-url", "", "base `URL` of an OpenAI-compatible endpoint, such as http://localhost:11434/v1; without it no model is asked")
	f.StringVar(&cfg.ModelName, "model-name", "", "the `model` to ask for, such as qwen2.5:7b")
	f.StringVar(&cfg.ModelKey, "model-key", "", "the endpoint's `key`; better given as BANGWO_MODEL_KEY or in the settings file, where no process list shows it")
	f.StringVar(&cfg.ModelWhen, "model-when", "", "unsure (where the embedded engine is, the default), always or never")
	f.DurationVar(&cfg.ModelTimeout, "model-timeout", 0, "how long one question to the model may take (0: 30s)")
}
