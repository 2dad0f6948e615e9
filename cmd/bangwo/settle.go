package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// maxConfig bounds a settings file.
const maxConfig = 1 << 20

// settle gives every flag that was not on the command line its value from the environment or the settings file.
func settle(cmd *cobra.Command, env func(string) (string, bool), path string) error {
	if v, ok := env("BANGWO_CONFIG"); ok && path == "" {
		path = v
	}
	file, err := readSettings(path)
	if err != nil {
		return usageError{err}
	}
	var failed error
	known := map[string]bool{}
	collect(cmd.Root(), known)
	for name := range file {
		if !known[name] {
			return usageError{fmt.Errorf("%s: no setting is called %q", path, name)}
		}
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || failed != nil || f.Name == "help" || f.Name == "config" {
			return
		}
		values, from := file[f.Name], path
		if v, ok := env("BANGWO_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))); ok {
			values, from = []string{v}, "the environment"
		}
		for _, v := range values {
			if err := cmd.Flags().Set(f.Name, v); err != nil {
				failed = usageError{fmt.Errorf("%s from %s: %w", f.Name, from, err)}
			}
		}
	})
	return failed
}

// collect notes the names of all flags of a command and those below it.
func collect(c *cobra.Command, known map[string]bool) {
	note := func(f *pflag.Flag) { known[f.Name] = true }
	c.Flags().VisitAll(note)
	c.PersistentFlags().VisitAll(note)
	for _, sub := range c.Commands() {
		collect(sub, known)
	}
}

// readSettings reads {"flag": value or list of values} as texts.
func readSettings(path string) (map[string][]string, error) {
	out := map[string][]string{}
	if path == "" {
		return out, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxConfig {
		return nil, fmt.Errorf("%s is larger than %d bytes", path, maxConfig)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var values map[string]any
	if err := json.Unmarshal(raw, &values); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for name, v := range values {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, x := range list {
			out[name] = append(out[name], fmt.Sprint(x))
		}
	}
	return out, nil
}
