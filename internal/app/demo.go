package app

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"

	"github.com/bangwo/bangwo/examples"
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/registry"
)

// demoMoney is what each demo person starts with, in fen.
const demoMoney = 2000_00

// demoPeople are who one may sign in as with --demo, the first being who `bangwo ask` speaks for.
func demoPeople() []identity.Person {
	address := func(label, name, phone, detail string, lat, lon float64) assist.Address {
		return assist.Address{Label: label, Name: name, Phone: phone, Detail: detail, Latitude: lat, Longitude: lon}
	}
	lin, sam := "13800001111", "13900002222"
	return []identity.Person{
		{ID: "lin", Name: "林小雨", Demo: true, Profile: assist.Profile{Name: "林小雨", Phone: lin, Place: "中关村", Addresses: []assist.Address{
			address("home", "林小雨", lin, "北京市海淀区中关村南大街 5 号 8 号楼 1203", 39.9590, 116.3160),
			address("work", "林小雨", lin, "北京市朝阳区建国门外大街 1 号国贸写字楼 2 座 18 层", 39.9087, 116.4590)}}},
		{ID: "sam", Name: "Sam Carter", Lang: "en", Demo: true, Profile: assist.Profile{Name: "Sam Carter", Phone: sam, Place: "Zhongguancun", Addresses: []assist.Address{
			address("home", "Sam Carter", sam, "Room 801, 66 Zhongguancun East Road, Haidian, Beijing", 39.9836, 116.3310),
			address("work", "Sam Carter", sam, "17F, Tower 2, 1 Jianguomenwai Avenue, Guomao, Beijing", 39.9087, 116.4590)}}},
	}
}

// seed brings the demo people and merchants in, once; what is there already is left as it stands.
func (a *App) seed(ctx context.Context) error {
	if !a.cfg.Demo {
		return nil
	}
	for _, p := range demoPeople() {
		if _, err := a.AddPerson(ctx, p); err != nil {
			return fmt.Errorf("demo person %s: %w", p.ID, err)
		}
		if err := a.TopUp(ctx, p.ID, "demo/top-up/"+p.ID, money.Of(demoMoney, money.CNY)); err != nil {
			return fmt.Errorf("demo money of %s: %w", p.ID, err)
		}
	}
	for _, m := range examples.Merchants() {
		if err := a.seedMerchant(ctx, m); err != nil {
			return fmt.Errorf("demo merchant %s: %w", m.ID, err)
		}
	}
	return nil
}

// seedMerchant adds a demo merchant; one that was reached elsewhere (the program or folder moved) is added anew.
func (a *App) seedMerchant(ctx context.Context, m examples.Merchant) error {
	src, err := a.demoSource(m)
	if err != nil {
		return err
	}
	have, err := a.services.Get(ctx, m.ID)
	switch {
	case err == nil && sameDemo(have.Source, src):
		return nil
	case err == nil:
		if err := a.services.Remove(ctx, m.ID); err != nil {
			return err
		}
	case !fault.Is(err, fault.NotFound):
		return err
	}
	_, err = a.services.Add(ctx, src, registry.AddOptions{ID: m.ID, Name: m.Name, Payee: "demo-" + m.ID, Sandbox: true})
	if fault.Is(err, fault.Conflict) {
		return nil // another node was quicker
	}
	return err
}

// sameDemo compares how a service is reached, not what it said of itself.
func sameDemo(have, want catalog.Source) bool {
	return have.Path == want.Path && reflect.DeepEqual(have.Args, want.Args) && have.Track == want.Track
}

// demoSource is this program itself for an MCP server, or the package unpacked into the data folder.
func (a *App) demoSource(m examples.Merchant) (catalog.Source, error) {
	if m.Command != "" {
		self := a.cfg.Self
		if self == "" {
			var err error
			if self, err = os.Executable(); err != nil {
				return catalog.Source{}, fault.New(fault.Internal, "path of this program: %w", err)
			}
		}
		return catalog.Source{Track: catalog.TrackMCP, Path: self, Args: []string{m.Command, filepath.Join(a.cfg.Data, "demo", m.ID+".json")}}, nil
	}
	dir := filepath.Join(a.cfg.Data, "demo", m.ID)
	if err := unpack(m.Files, dir); err != nil {
		return catalog.Source{}, err
	}
	return catalog.Source{Track: catalog.TrackSkill, Path: dir}, nil
}

// unpack writes files that differ from what is there.
func unpack(files fs.FS, dir string) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if d.IsDir() {
			return os.MkdirAll(path, 0o755)
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, body) {
			return nil
		}
		return os.WriteFile(path, body, 0o644)
	})
}
