package headless

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/sync/bundle"
	"mulutong/sync/client"
	"mulutong/sync/review"
	"mulutong/sync/server"
	"mulutong/sync/sqlstore"
	"mulutong/sync/wire"
	"mulutong/templates"
)

// The first sync of a city: every township with all its sectors, so many at once.
const (
	syncTownships = 64
	syncLines     = 8
)

// BenchmarkRatioFirstSync sends every catalog of 64 townships to a new service, and
// the same entries from PouchDB to its server, a document each. Ours are checked,
// signed, put on disk before and after the line, and checked again by the service;
// the ratio is that of entries a second.
func BenchmarkRatioFirstSync(b *testing.B) {
	pouch := os.Getenv("MULU_POUCH")
	if pouch == "" {
		b.Skip("make bench installs PouchDB and sets MULU_POUCH")
	}
	ctx := b.Context()
	dir := b.TempDir()
	mulu := filepath.Join(dir, "mulu")
	if out, err := exec.Command("go", "build", "-o", mulu, "mulutong/app/cmd/mulu").CombinedOutput(); err != nil {
		b.Fatalf("build mulu: %v\n%s", err, out)
	}
	clerks, places := firstSyncs(ctx, b, dir)
	s, err := startService(mulu, os.Environ(), "--data", filepath.Join(dir, "service"))
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	n := 0
	each(b, clerks, func(c *syncClerk) error { return c.send(ctx, s.url) })
	ours := time.Since(began)
	if err := s.stop(); err != nil {
		b.Error(err)
	}
	for _, docs := range places {
		n += len(docs)
	}
	theirs := pouchSync(ctx, b, pouch, dir, places)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(n), "entries")
	b.ReportMetric(float64(n)/ours.Seconds(), "entries/s")
	b.ReportMetric(float64(n)/theirs.Seconds(), "yardstick-entries/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "times-faster")
	b.ReportMetric(10, "at-least")
}

// each does work for every clerk, syncLines at once.
func each(b *testing.B, clerks []*syncClerk, work func(*syncClerk) error) {
	b.Helper()
	var wait sync.WaitGroup
	line := make(chan *syncClerk)
	errs := make(chan error, len(clerks))
	for range syncLines {
		wait.Go(func() {
			for c := range line {
				errs <- work(c)
			}
		})
	}
	for _, c := range clerks {
		line <- c
	}
	close(line)
	wait.Wait()
	for range clerks {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
}

// syncClerk is a township's drafts, signed off, and its enrolled machine.
type syncClerk struct {
	store *boltstore.Store
	key   *bundle.Key
	cert  wire.Certificate
	*client.Client
}

// send submits all sectors and syncs.
func (c *syncClerk) send(ctx context.Context, url string) error {
	sectors, err := c.store.Sectors(ctx)
	if err != nil {
		return err
	}
	for _, s := range sectors {
		if _, err := c.Submit(ctx, s, "clerk", nil); err != nil {
			return err
		}
	}
	c.cert.URL = url
	line, err := client.NewHTTP(c.cert, c.key, "clerk", http.DefaultClient)
	if err != nil {
		return err
	}
	if err := c.Sync(ctx, line, nil); err != nil {
		return err
	}
	for _, sent := range c.Outbox() {
		if sent.Receipt == nil || sent.Receipt.Status != review.Accepted {
			return fmt.Errorf("%s: %+v", sent.Sector, sent.Receipt)
		}
	}
	return nil
}

// firstSyncs makes the service's data and every township's drafts, and the same
// entries as documents, by township.
func firstSyncs(ctx context.Context, b *testing.B, dir string) ([]*syncClerk, [][]map[string]any) {
	b.Helper()
	data := filepath.Join(dir, "service")
	if err := os.MkdirAll(data, 0o700); err != nil {
		b.Fatal(err)
	}
	store, err := sqlstore.Open(ctx, data)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	keys, err := server.OpenKeys(data)
	if err != nil {
		b.Fatal(err)
	}
	set := templates.Embedded()
	county := catalog.Unit{ID: "340223", Name: "南陵县", Kind: catalog.CountyUnit, Division: "340223", County: "南陵县", City: "芜湖市"}
	units, devices := []catalog.Unit{county}, []review.Device{}
	var clerks []*syncClerk
	var places [][]map[string]any
	for i := range syncTownships {
		code := fmt.Sprintf("340223%03d", 100+i)
		u := catalog.Unit{ID: catalog.UnitID(code), Name: fmt.Sprintf("第%d镇", i+1), Kind: catalog.TownshipUnit, Division: code, County: county.County, City: county.City, Parent: county.ID}
		key, err := bundle.NewKey(rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		d := review.Device{ID: key.KeyID(), Key: key.Public(), Suite: key.Suite(), Unit: u.ID, Role: review.Clerk, Name: "试"}
		units, devices = append(units, u), append(devices, d)
		c, docs := syncClerkOf(ctx, b, filepath.Join(dir, code), set, u, key, wire.Certificate{
			Device: d, Key: keys.Signing.Public(), Suite: keys.Signing.Suite(), Unit: u, Parent: county,
		}, keys.Signing)
		clerks, places = append(clerks, c), append(places, docs)
	}
	office := review.NewOffice(store, time.Now, review.Rules{})
	err = errors.Join(
		office.PutUnits(ctx, review.Person{ID: "office", Role: review.CityOffice}, units),
		store.Update(ctx, func(tx review.Tx) error {
			for _, d := range devices {
				if err := tx.PutDevice(d); err != nil {
					return err
				}
			}
			return nil
		}),
	)
	if err != nil {
		b.Fatal(err)
	}
	return clerks, places
}

func syncClerkOf(ctx context.Context, b *testing.B, dir string, set *templates.Set, u catalog.Unit, key *bundle.Key, cert wire.Certificate, service bundle.Signer) (*syncClerk, []map[string]any) {
	b.Helper()
	s, err := boltstore.Create(dir, u, boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	drafts, err := work.NewDrafts(set, u, nil, nil, newID)
	if err != nil {
		b.Fatal(err)
	}
	var docs []map[string]any
	_, err = s.Edit(ctx, boltstore.EditInfo{By: "clerk", Label: "建立"}, func(tx *boltstore.Tx) error {
		for _, c := range drafts {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
			for _, e := range c.Entries {
				raw, err := json.Marshal(e)
				if err != nil {
					return err
				}
				doc := map[string]any{"_id": string(e.ID)}
				if err := json.Unmarshal(raw, &doc); err != nil {
					return err
				}
				docs = append(docs, doc)
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	_, err = s.Edit(ctx, boltstore.EditInfo{By: "clerk", Label: "签发"}, func(tx *boltstore.Tx) error {
		sectors, err := tx.Sectors()
		for _, sector := range sectors {
			c, err := tx.Catalog(sector)
			if err != nil {
				return err
			}
			approval := catalog.Approval{By: "某", At: "2026-11-20", Opinion: "同意"}
			if err := tx.SetSignOff(sector, &catalog.SignOff{Revision: c.Revision, Leader: approval, Secrecy: approval}); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	c := &syncClerk{store: s, key: key, cert: cert}
	today := catalog.DateOf(time.Now())
	c.Client, err = client.Open(ctx, bolt{s}, key, client.Options{Check: func(cat *catalog.Catalog) []check.Finding {
		return work.Checker(set, cat, today, false).Catalog(cat)
	}})
	if err != nil {
		b.Fatal(err)
	}
	certificate, err := bundle.SealJSON(bundle.Header{Kind: bundle.Certificate, Unit: u.ID}, cert, service)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := c.Certify(ctx, certificate, false); err != nil {
		b.Fatal(err)
	}
	return c, docs
}

// pouchSync replicates the documents from PouchDB to its server, and says how long
// that took.
func pouchSync(ctx context.Context, b *testing.B, pouch, dir string, places [][]map[string]any) time.Duration {
	b.Helper()
	data := filepath.Join(dir, "pouch")
	file := filepath.Join(dir, "documents.json")
	docs, err := json.Marshal(places)
	if err = errors.Join(err, os.WriteFile(file, docs, 0o600), os.MkdirAll(filepath.Join(data, "server"), 0o700), os.MkdirAll(filepath.Join(data, "local"), 0o700)); err != nil {
		b.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	port := strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
	ln.Close()
	serve := exec.CommandContext(ctx, "node", filepath.Join(pouch, "node_modules/pouchdb-server/bin/pouchdb-server"),
		"--port", port, "--host", "127.0.0.1", "--dir", filepath.Join(data, "server"), "--no-stdout-logs", "--config", filepath.Join(data, "config.json"))
	serve.Dir = data
	if err := serve.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = serve.Process.Kill()
		_ = serve.Wait()
	}()
	url := "http://127.0.0.1:" + port
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
			break
		}
		if time.Since(began) > time.Minute {
			b.Fatal(err)
		}
	}
	script, err := os.ReadFile("testdata/pouch/bench.js")
	if err = errors.Join(err, os.WriteFile(filepath.Join(pouch, "bench.js"), script, 0o600)); err != nil {
		b.Fatal(err)
	}
	run := exec.CommandContext(ctx, "node", filepath.Join(pouch, "bench.js"), url, file, filepath.Join(data, "local"), strconv.Itoa(syncLines))
	var out, errs bytes.Buffer
	run.Stdout, run.Stderr = &out, &errs
	if err := run.Run(); err != nil {
		b.Fatalf("%v\n%s", err, errs.String())
	}
	ms, err := strconv.ParseFloat(strings.TrimSpace(out.String()), 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(ms * float64(time.Millisecond))
}
