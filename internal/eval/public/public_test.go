package public_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/eval/public"
	"github.com/bangwo/bangwo/internal/fault"
)

// lay writes files into a new folder.
func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A shop in the form of the set, with a menu and sentences of our own.
func shopFiles(shop string, cases ...string) map[string]string {
	at := "set/data/" + shop + "/"
	return map[string]string{
		at + "schema.json": `{"intents":[{"name":"PIE_ORDER","entityNames":["pie","pies"],"slots":[
			{"slotName":"PIE_TYPE","path":"alias/pies.txt"},{"slotName":"SIZE","path":"alias/sizes.txt"},
			{"slotName":"SAUCE","path":"alias/sauces.txt","qualified":true,"negatable":true},
			{"slotName":"QUANTITY","path":"alias/much.txt"},{"slotName":"NUMBER","path":"alias/n.txt"},{"slotName":"NOT","path":"alias/not.txt"}]}]}`,
		at + "alias/pies.txt":   "leek pie\tPIE_TYPE(leek_pie)\nplum pie\tPIE_TYPE(plum_pie)\n",
		at + "alias/sizes.txt":  "small\tSIZE(small)\nlarge\tSIZE(large)\n",
		at + "alias/sauces.txt": "custard\tSAUCE(custard)\ngravy\tSAUCE(gravy)\none crumb topping\tSAUCE(CRUMBS(1))\ntwo crumb toppings\tSAUCE(CRUMBS(2))\n",
		at + "alias/much.txt":   "light\tquantity(light)\nextra\tquantity(extra)\n",
		at + "alias/n.txt":      "one\tnumber(1)\n",
		at + "alias/not.txt":    "no\tNOT(not)\n",
		at + "dev.json":         strings.Join(cases, "\n"),
	}
}

func TestFood(t *testing.T) {
	t.Parallel()
	files := shopFiles("coffee",
		`{"SRC":"two large leek pies with extra gravy no custard","EXR":"(PIE_ORDER (SIZE large ) (NUMBER 2 ) (PIE_TYPE leek_pie ) (NOT (SAUCE custard ) ) (COMPLEX (QUANTITY extra ) (SAUCE gravy ) ) )"}`,
		`{"SRC":"a plum pie with two crumb toppings","EXR":"(PIE_ORDER (NUMBER 1 ) (SAUCE (CRUMBS 2 ) ) (PIE_TYPE plum_pie ) )"}`,
		`{"SRC":"a small plum pie","EXR":"(PIE_ORDER (NUMBER 1 ) (SIZE large ) (PIE_TYPE plum_pie ) )"}`)
	for name, text := range shopFiles("burger", `{"SRC":"a leek pie","EXR":"(PIE_ORDER (NUMBER 1 ) (PIE_TYPE leek_pie ) )"}`) {
		files[name] = text
	}
	rs, err := public.Run(context.Background(), lay(t, files), []string{"food"})
	if err != nil || len(rs) != 2 {
		t.Fatalf("results %+v, %v", rs, err)
	}
	if rs[0].Right != 2 || rs[0].All != 3 || len(rs[0].Misses) != 1 || rs[0].Misses[0].Text != "a small plum pie" {
		t.Errorf("a wrong size must be a miss, and nothing else: %+v", rs[0])
	}
	if rs[1].Right != 1 || rs[1].All != 1 {
		t.Errorf("the second shop: %+v", rs[1])
	}
}

func TestIntents(t *testing.T) {
	t.Parallel()
	var train []string
	for i := range 12 {
		train = append(train, fmt.Sprintf(`["water the %d ferns in the hall","water_plants"]`, i), fmt.Sprintf(`["feed the %d goldfish tonight","feed_pets"]`, i))
	}
	val := `[["please water the ferns","water_plants"],["feed my goldfish","feed_pets"]]`
	file := `{"train":[` + strings.Join(train, ",") + `],"val":` + val + `,"test":` + val + `,"oos_val":[["what rhymes with orange","oos"]],"oos_test":[["who wrote hamlet","oos"]]}`
	rs, err := public.Run(context.Background(), lay(t, map[string]string{"data/data_full.json": file}), nil)
	if err != nil || len(rs) != 12 {
		t.Fatalf("%d results, %v", len(rs), err)
	}
	for _, r := range rs {
		if r.Share != 100 {
			t.Errorf("%s, %s: %d of %d: %v", r.Part, r.Metric, r.Right, r.All, r.Misses)
		}
	}
}

func TestNothingThere(t *testing.T) {
	t.Parallel()
	if _, err := public.Run(context.Background(), t.TempDir(), nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("an empty folder must be not_found: %v", err)
	}
	files := shopFiles("coffee", `{"SRC":"a plum pie","EXR":"(PIE_ORDER (NUMBER 1 )"}`)
	if _, err := public.Run(context.Background(), lay(t, files), nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("an open bracket must be invalid: %v", err)
	}
}
