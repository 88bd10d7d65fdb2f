package headless

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/client"
	"mulutong/sync/review"
	"mulutong/sync/server"
	"mulutong/sync/sqlstore"
	"mulutong/sync/wire"
)

// TestKilledServiceKeepsWhatItAcknowledged kills the service two hundred times, at
// random moments, while a thousand catalogs are submitted to it. What it
// acknowledged is there, once; what it did not is submitted again, and is there once
// too; and the data verify.
func TestKilledServiceKeepsWhatItAcknowledged(t *testing.T) {
	kills, submissions := 200, 1000
	if testing.Short() {
		kills, submissions = 20, 100
	}
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "data")
	key, err := bundle.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert, townships := countyOf(ctx, t, dir, key, 40)
	bundles := make([][]byte, submissions)
	for i := range bundles {
		bundles[i] = tinySubmission(t, key, townships[i%len(townships)], catalog.Sector(fmt.Sprintf("s%d", i/len(townships))))
	}
	mulu := string(buildMulu(t))

	random := mathrand.New(mathrand.NewPCG(1, 2))
	acknowledged := map[review.Hash]bool{}
	left := bundles
	for kill := 0; kill < kills || len(left) > 0; kill++ {
		s, err := startService(mulu, os.Environ(), "--data", dir)
		if err != nil {
			t.Fatalf("after %d kills: %v", kill, err)
		}
		cert.URL = s.url
		// The last time it lives until everything is in; before that, until so many
		// have been acknowledged and a moment more.
		live, cancel := context.WithCancel(ctx)
		most := len(left)
		if kill < kills {
			most = min(most, max(0, len(left)-(kills-kill-1)*submissions/kills))
		}
		left = offerUntilKilled(live, t, cert, key, left, most, acknowledged, func() {
			if kill < kills {
				time.Sleep(time.Duration(random.Int64N(int64(15 * time.Millisecond))))
				_ = s.cmd.Process.Kill()
				cancel()
			}
		})
		cancel()
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	}

	if len(acknowledged) != submissions {
		t.Errorf("%d submissions were acknowledged, want %d", len(acknowledged), submissions)
	}
	if err := sqlstore.Verify(ctx, dir); err != nil {
		t.Errorf("verify: %v", err)
	}
	store, err := sqlstore.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	err = store.View(ctx, func(tx review.Tx) error {
		heads, err := tx.Heads(review.CaseQuery{})
		for _, h := range heads {
			if !acknowledged[h.Submission] || h.Number != 1 {
				t.Errorf("%s/%s holds submission %d, %.12s", h.ID.Unit, h.ID.Sector, h.Number, h.Submission)
			}
		}
		if len(heads) != submissions {
			t.Errorf("%d cases are there, want %d", len(heads), submissions)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// offerUntilKilled offers bundles from four lines at once, calls kill once most of
// them were acknowledged, and returns those that were not. One that was offered
// again has to be what it was before.
func offerUntilKilled(ctx context.Context, t *testing.T, cert wire.Certificate, key *bundle.Key, bundles [][]byte, most int, acknowledged map[review.Hash]bool, kill func()) [][]byte {
	t.Helper()
	var (
		mu   sync.Mutex
		once sync.Once
		wait sync.WaitGroup
		next int
		got  int
		done = make([]bool, len(bundles))
	)
	line, err := client.NewHTTP(cert, key, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		wait.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(bundles) {
					return
				}
				r, err := line.Offer(ctx, bundles[i])
				var busy *wire.Error
				switch {
				case errors.As(err, &busy) && busy.Code.Temporary():
					time.Sleep(50 * time.Millisecond)
					continue
				case err != nil:
					return // it was killed
				case r.Status != review.Accepted || r.Number != 1:
					t.Errorf("receipt %+v", r)
				}
				mu.Lock()
				done[i], acknowledged[r.Bundle], got = true, true, got+1
				enough := got >= most
				mu.Unlock()
				if enough {
					go once.Do(kill)
				}
			}
		})
	}
	wait.Wait()
	once.Do(kill)
	var left [][]byte
	for i, b := range bundles {
		if !done[i] {
			left = append(left, b)
		}
	}
	return left
}

// countyOf makes a service's data with a county of n townships and a device that
// submits for all of them.
func countyOf(ctx context.Context, t *testing.T, dir string, key *bundle.Key, n int) (wire.Certificate, []catalog.Unit) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	store, err := sqlstore.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	keys, err := server.OpenKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	county := catalog.Unit{ID: "340223", Name: "南陵县", Kind: catalog.CountyUnit, Division: "340223"}
	units := []catalog.Unit{county}
	for i := range n {
		code := fmt.Sprintf("340223%03d", 100+i)
		units = append(units, catalog.Unit{ID: catalog.UnitID(code), Name: fmt.Sprintf("第%d镇", i+1), Kind: catalog.TownshipUnit, Division: code, Parent: county.ID})
	}
	device := review.Device{ID: key.KeyID(), Key: key.Public(), Suite: key.Suite(), Unit: county.ID, Role: review.CountyReviewer, Name: "试"}
	office := review.NewOffice(store, time.Now, review.Rules{})
	err = errors.Join(
		office.PutUnits(ctx, review.Person{ID: "office", Role: review.CityOffice}, units),
		store.Update(ctx, func(tx review.Tx) error { return tx.PutDevice(device) }),
	)
	if err != nil {
		t.Fatal(err)
	}
	return wire.Certificate{Device: device, Key: keys.Signing.Public(), Suite: keys.Signing.Suite(), Unit: county}, units[1:]
}

// tinySubmission is the bundle of a signed catalog with one entry.
func tinySubmission(t *testing.T, key *bundle.Key, u catalog.Unit, s catalog.Sector) []byte {
	t.Helper()
	approval := catalog.Approval{By: "某", At: "2026-11-20", Opinion: "同意"}
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Submission, Unit: u.ID}, wire.Submission{Catalog: catalog.Catalog{
		Schema: catalog.Schema, Unit: u, Sector: s, Revision: 1,
		Entries: []catalog.Entry{{ID: catalog.EntryID(string(u.ID) + string(s)), Sector: s, Path: []string{"甲", "乙"}, Content: "内容"}},
		SignOff: &catalog.SignOff{Revision: 1, Leader: approval, Secrecy: approval},
	}}, key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
