package understand_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

// stranger is a service of testdata/strangers.tsv with what people say to it.
type stranger struct {
	service catalog.Service
	says    []string
}

// strangers reads the services that were written in words of their own trade, apart from what people say to them.
func strangers(t testing.TB) []stranger {
	t.Helper()
	f, err := os.Open("testdata/strangers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []stranger
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		parts := append(strings.Split(lines.Text(), "\t"), "", "", "")
		switch parts[0] {
		case "service":
			out = append(out, stranger{service: catalog.Service{ID: parts[1], Name: parts[2], Description: parts[3], Sandbox: true, Payee: parts[1], Currency: "CNY"}})
		case "call":
			s := &out[len(out)-1].service
			s.Capabilities = append(s.Capabilities, catalog.Capability{Service: s.ID, Name: parts[1], Effect: catalog.Effect(parts[2]), Description: parts[3], Input: inputOf(t, parts[4])})
		case "say":
			out[len(out)-1].says = append(out[len(out)-1].says, parts[1])
		}
	}
	return out
}

// inputOf is the schema of inputs written as "*name:what it is;other:what it is".
func inputOf(t testing.TB, list string) *catalog.Schema {
	t.Helper()
	var props, required []string
	for _, one := range strings.Split(list, ";") {
		name, about, ok := strings.Cut(one, ":")
		if !ok {
			continue
		}
		if must, found := strings.CutPrefix(name, "*"); found {
			name = must
			required = append(required, fmt.Sprintf("%q", name))
		}
		kind := "string"
		if strings.HasPrefix(about, "How many") || strings.HasSuffix(about, "数") || strings.HasSuffix(about, "数量") {
			kind = "integer"
		}
		props = append(props, fmt.Sprintf("%q:{\"type\":%q,\"description\":%q}", name, kind, about))
	}
	var s catalog.Schema
	if err := s.UnmarshalJSON([]byte(fmt.Sprintf(`{"type":"object","properties":{%s},"required":[%s]}`, strings.Join(props, ","), strings.Join(required, ",")))); err != nil {
		t.Fatal(err)
	}
	return &s
}

// meant is the service that a sentence is understood to mean among services: "?" with those it asks about, "" when none.
func meant(t testing.TB, mind *understand.Mind, text string, services []catalog.Service) string {
	t.Helper()
	th, err := mind.Think(context.Background(), assist.Request{Text: text, Now: monday, Place: "国贸", Services: services, Profile: assist.Profile{
		Name: "李明", Phone: "13800000000", Addresses: []assist.Address{{Label: "home", Detail: "建国路88号"}}, Consents: []assist.Consent{{Service: "*", Value: "*"}}}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, g := range th.Goals {
		if g.Service != "" {
			out = append(out, g.Service)
		}
	}
	for _, a := range th.Asks {
		if strings.HasSuffix(a.Key, "/service") {
			for _, c := range a.Choices {
				out = append(out, "?"+c.Value)
			}
		}
	}
	return strings.Join(out, " ")
}

// TestStrangersAreFound checks which service a sentence means where nobody wrote the one with the other in mind: with the
// service alone, among a few and among all; and that most is refused where the only service that could do it is missing.
func TestStrangersAreFound(t *testing.T) {
	t.Parallel()
	all := strangers(t)
	var every []catalog.Service
	for _, s := range all {
		every = append(every, s.service)
	}
	crowd := understand.New()
	n, alone, few, among, refused := 0, 0, 0, 0, 0
	for i, s := range all {
		var five []catalog.Service
		for k := range 5 {
			five = append(five, all[(i+k*7)%len(all)].service)
		}
		single, handful, without := understand.New(), understand.New(), understand.New()
		for _, text := range s.says {
			n++
			for _, at := range []struct {
				mind     *understand.Mind
				services []catalog.Service
				right    *int
				want     string
			}{{single, []catalog.Service{s.service}, &alone, s.service.ID}, {handful, five, &few, s.service.ID}, {crowd, every, &among, s.service.ID}, {without, slices.Concat(every[:i], every[i+1:]), &refused, ""}} {
				if meant(t, at.mind, text, at.services) == at.want {
					*at.right++
				}
			}
		}
	}
	for what, at := range map[string][2]int{"alone": {alone, 92}, "among five": {few, 90}, "among all": {among, 88}, "refused without it": {refused, 60}} {
		if 100*at[0] < at[1]*n {
			t.Errorf("%s: %d of %d sentences, want %d %%", what, at[0], n, at[1])
		}
	}
}

// TestOthersErrandsAreRefused checks that a single service does not take on what is not its trade.
func TestOthersErrandsAreRefused(t *testing.T) {
	t.Parallel()
	all := strangers(t)
	for id, texts := range map[string][]string{
		"yakeshi": {"帮我订一束玫瑰花", "fix my washing machine", "book a table for four tonight"},
		"bloomly": {"家里的空调坏了", "two tickets for the concert on Saturday"},
		"zhouji":  {"约个体检", "I need a locksmith"},
	} {
		for _, s := range all {
			if s.service.ID != id {
				continue
			}
			for _, text := range texts {
				if got := meant(t, understand.New(), text, []catalog.Service{s.service}); got != "" {
					t.Errorf("%s took on %q: %s", id, text, got)
				}
			}
		}
	}
}
