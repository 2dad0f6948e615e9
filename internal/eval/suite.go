package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
)

// Bounds of a suite.
const (
	maxServices = 500
	maxCases    = 20_000
	maxLine     = 256 << 10 // bytes of one case
	maxMeta     = 1 << 20   // bytes of a describing file
)

// The sets of a suite.
const (
	SetDev  = "dev"
	SetHeld = "held"
)

// Suite is what a suite's folder holds for one set.
type Suite struct {
	Name     string
	Now      time.Time      // the time at which the cases are said
	Place    string         // where the person is, in words
	Profile  assist.Profile // of the person who says them
	Wallet   int64          // minor units that each person starts with
	Services []Service
	Cases    []Case
}

// Service is a merchant of a suite: a package or an MCP server, and where its data show what was ordered.
type Service struct {
	ID      string         `json:"-"`
	Dir     string         `json:"-"`
	MCP     bool           `json:"-"`
	Name    string         `json:"name"`
	Trade   string         `json:"trade"`
	Storage map[string]any `json:"storage"` // presets of a package's storage
	Records []Records      `json:"records"`
	// Tour is one way through the service by hand, which must leave a record in force: it shows that the service
	// works and what its records look like.
	Tour []TourCall `json:"tour"`
}

// TourCall is one call of a tour. A text "$N.path" among its arguments is what call N answered there.
type TourCall struct {
	Call string         `json:"call"`
	Args map[string]any `json:"args"`
}

// Records tells where a service keeps what was ordered: At is a path into its storage (a package) or its state (a
// server) that leads to a list, or to an object of records. A record whose member Dead[0] has one of the other values
// is no longer in force. Amount is the path of what it costs, in Unit ("yuan" or "fen"); Page says that the person pays
// at the merchant's page, so that nothing need be paid through the platform.
type Records struct {
	At     string   `json:"at"`
	Dead   []string `json:"dead"`
	Amount string   `json:"amount"`
	Unit   string   `json:"unit"`
	Page   bool     `json:"page"`
}

// suiteFile is suite.json.
type suiteFile struct {
	Name    string         `json:"name"`
	Now     time.Time      `json:"now"`
	Place   string         `json:"place"`
	Profile assist.Profile `json:"profile"`
	Wallet  int64          `json:"wallet_fen"`
}

// Load reads a suite's folder: suite.json, and for each set SET/services (a folder and a describing file each) and
// SET/cases (lines of JSON). The held set is judged with the services of both. Faults: invalid with file and line.
func Load(dir, set string) (*Suite, error) {
	if set != SetDev && set != SetHeld {
		return nil, fault.New(fault.Invalid, "the set %q is not one of %s, %s", set, SetDev, SetHeld).With("field", "set")
	}
	var f suiteFile
	if err := readJSON(filepath.Join(dir, "suite.json"), &f); err != nil {
		return nil, err
	}
	if f.Now.IsZero() {
		return nil, fault.New(fault.Invalid, "%s: now is missing", filepath.Join(dir, "suite.json")).WithHint("give the time at which the cases are said, as 2026-11-24T10:00:00+08:00")
	}
	s := &Suite{Name: f.Name, Now: f.Now, Place: f.Place, Profile: f.Profile, Wallet: f.Wallet}
	for _, part := range []string{SetDev, SetHeld} {
		if part == SetHeld && set == SetDev {
			continue
		}
		services, err := loadServices(filepath.Join(dir, part, "services"))
		if err != nil {
			return nil, err
		}
		s.Services = append(s.Services, services...)
	}
	cases, err := loadCases(filepath.Join(dir, set, "cases"))
	if err != nil {
		return nil, err
	}
	s.Cases = cases
	return s, s.check()
}

func loadServices(dir string) ([]Service, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "read services: %w", err)
	}
	var out []Service
	for _, e := range entries {
		id, isMeta := strings.CutSuffix(e.Name(), ".json")
		if !isMeta {
			continue
		}
		s := Service{ID: id, Dir: filepath.Join(dir, id)}
		if err := readJSON(filepath.Join(dir, e.Name()), &s); err != nil {
			return nil, err
		}
		if _, err := os.Stat(filepath.Join(s.Dir, serverFile)); err == nil {
			s.MCP = true
		}
		out = append(out, s)
		if len(out) > maxServices {
			return nil, fault.New(fault.Limit, "%s has more than %d services", dir, maxServices)
		}
	}
	return out, nil
}

func loadCases(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return nil, fault.New(fault.Invalid, "read cases: %w", err)
	}
	slices.Sort(files)
	var out []Case
	for _, file := range files {
		cases, err := readCases(file)
		if err != nil {
			return nil, err
		}
		out = append(out, cases...)
		if len(out) > maxCases {
			return nil, fault.New(fault.Limit, "%s has more than %d cases", dir, maxCases)
		}
	}
	return out, nil
}

func readCases(file string) ([]Case, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.New(fault.Invalid, "read cases: %w", err)
	}
	var out []Case
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 || bytes.HasPrefix(line, []byte("//")) {
			continue
		}
		var c Case
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&c); err != nil {
			return nil, fault.New(fault.Invalid, "%s:%d: %w", file, n, err)
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fault.New(fault.Invalid, "%s: %w", file, err)
	}
	return out, nil
}

func readJSON(file string, v any) error {
	info, err := os.Stat(file)
	if err != nil {
		return fault.New(fault.Invalid, "a suite needs %s: %w", file, err)
	}
	if info.Size() > maxMeta {
		return fault.New(fault.Limit, "%s is larger than %d bytes", file, maxMeta)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return fault.New(fault.Invalid, "read %s: %w", file, err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fault.New(fault.Invalid, "%s: %w", file, err)
	}
	return nil
}

// check refuses what could not be judged: unknown services, ids given twice, cases that expect nothing.
func (s *Suite) check() error {
	known, seen := map[string]bool{}, map[string]bool{}
	for _, svc := range s.Services {
		if known[svc.ID] {
			return fault.New(fault.Invalid, "service %s is there twice", svc.ID)
		}
		known[svc.ID] = true
	}
	for _, c := range s.Cases {
		if c.ID == "" || seen[c.ID] {
			return fault.New(fault.Invalid, "case %q has no id of its own", c.ID)
		}
		seen[c.ID] = true
		if err := c.check(known); err != nil {
			return err
		}
	}
	return nil
}
