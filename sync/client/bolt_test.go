package client_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/sync/bundle"
	"mulutong/sync/client"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// bolt is the real store of drafts, as the programs hand it to a client.
type bolt struct{ *boltstore.Store }

func (b bolt) Edit(ctx context.Context, by, label string, fn func(client.Tx) error) error {
	_, err := b.Store.Edit(ctx, boltstore.EditInfo{By: by, Label: label}, func(tx *boltstore.Tx) error { return fn(tx) })
	return err
}

const sector catalog.Sector = "social-assistance"

var unit = catalog.Unit{ID: "340223102", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223102"}

// enrolled opens a client that is enrolled with a service of its own.
func enrolled(ctx context.Context, s *boltstore.Store) (*client.Client, error) {
	key := func(n byte) (*bundle.Key, error) { return bundle.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32))) }
	device, err := key(1)
	if err != nil {
		return nil, err
	}
	service, err := key(2)
	if err != nil {
		return nil, err
	}
	c, err := client.Open(ctx, bolt{s}, device, client.Options{})
	if err != nil {
		return nil, err
	}
	cert, err := bundle.SealJSON(bundle.Header{Kind: bundle.Certificate}, wire.Certificate{
		Device: review.Device{ID: device.KeyID(), Unit: unit.ID}, Key: service.Public(), Suite: service.Suite(), Unit: unit, Epoch: "e",
	}, service)
	if err != nil {
		return nil, err
	}
	_, err = c.Certify(ctx, cert, false)
	return c, err
}

// next makes the draft say something new, signed off.
func next(ctx context.Context, s *boltstore.Store, n int) error {
	_, err := s.Edit(ctx, boltstore.EditInfo{By: "王芳", Label: "改"}, func(tx *boltstore.Tx) error {
		c, err := tx.Catalog(sector)
		if errors.Is(err, catalog.ErrNotFound) {
			c = catalog.Catalog{Schema: catalog.Schema, Unit: unit, Sector: sector}
		} else if err != nil {
			return err
		} else if err := tx.RemoveCatalog(sector); err != nil {
			return err
		}
		c.Note = strconv.Itoa(n)
		return tx.PutCatalog(c)
	})
	if err != nil {
		return err
	}
	c, err := s.Catalog(ctx, sector)
	if err != nil {
		return err
	}
	_, err = s.Edit(ctx, boltstore.EditInfo{By: "李梅", Label: "签发"}, func(tx *boltstore.Tx) error {
		return tx.SetSignOff(sector, &catalog.SignOff{
			Revision: c.Revision, Leader: catalog.Approval{By: "李梅", At: "2026-11-20"}, Secrecy: catalog.Approval{By: "陈刚", At: "2026-11-20"},
		})
	})
	return err
}

// TestMain is the program that is killed, where the environment says so.
func TestMain(m *testing.M) {
	dir := os.Getenv("MULUTONG_SUBMIT_INTO")
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := submitForEver(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func submitForEver(dir string) error {
	ctx := context.Background()
	s, err := boltstore.Open(dir, boltstore.Options{Wait: time.Second})
	if err != nil {
		return err
	}
	c, err := enrolled(ctx, s)
	if err != nil {
		return err
	}
	for n := len(c.Outbox()); ; n++ {
		if err := next(ctx, s, n); err != nil {
			return err
		}
		id, err := c.Submit(ctx, sector, "王芳", nil)
		if err != nil && !errors.Is(err, client.ErrUnchanged) {
			return err
		}
		if err == nil {
			fmt.Println(id)
		}
	}
}

func TestWhatSubmitReturnedForSurvivesKill9(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "drafts")
	s, err := boltstore.Create(dir, unit, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var said []string
	kills := 15
	if testing.Short() {
		kills = 3
	}
	for range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "MULUTONG_SUBMIT_INTO="+dir)
		var problem bytes.Buffer
		cmd.Stderr = &problem
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := make(chan string)
		go func() {
			defer close(lines)
			for sc := bufio.NewScanner(out); sc.Scan(); {
				lines <- sc.Text()
			}
		}()
		for range 1 + rand.IntN(4) {
			if id, ok := <-lines; ok {
				said = append(said, id)
			}
		}
		time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for id := range lines {
			said = append(said, id)
		}
		_ = cmd.Wait() // it was killed
		if problem.Len() > 0 {
			t.Fatal(problem.String())
		}
	}

	if s, err = boltstore.Open(dir, boltstore.Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Verify(ctx); err != nil {
		t.Fatal(err)
	}
	c, err := enrolled(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, it := range c.Outbox() {
		kept = append(kept, string(it.Hash))
		b, err := s.Kept(ctx, "sync/bundle/"+string(it.Hash))
		if err != nil || bundle.HashOf(b) != it.Hash {
			t.Errorf("the bundle %s: %v", it.Hash, err)
		}
	}
	all := strings.Join(kept, " ")
	if len(said) == 0 {
		t.Fatal("nothing was submitted")
	}
	for _, id := range said {
		if strings.Count(all, id) != 1 {
			t.Errorf("%s is in the outbox %d times", id, strings.Count(all, id))
		}
	}
	t.Logf("%d submissions said, %d kept, over %d kills", len(said), len(kept), kills)
}

// TestTheRealStoreTakesInWhatOthersSubmitted has the client merge into a real draft.
func TestTheRealStoreTakesInWhatOthersSubmitted(t *testing.T) {
	ctx := t.Context()
	s, err := boltstore.Create(filepath.Join(t.TempDir(), "drafts"), unit, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := enrolled(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	theirs := catalog.Catalog{Schema: catalog.Schema, Unit: unit, Sector: sector, Note: "别的机器写的", Entries: []catalog.Entry{{ID: "e1", Sector: sector, Path: []string{"事项"}}}}
	if err := c.Sync(ctx, told{theirs}, nil); err != nil {
		t.Fatal(err)
	}
	got, err := s.Catalog(ctx, sector)
	if err != nil || got.Note != theirs.Note || len(got.Entries) != 1 {
		t.Fatalf("the draft is %+v, %v", got, err)
	}
	if st, err := c.Of(ctx, sector); err != nil || st.Changed || st.State != review.InCounty {
		t.Errorf("Of = %+v, %v", st, err)
	}
	if _, err := s.Undo(ctx, "王芳"); err != nil {
		t.Errorf("the merge cannot be undone: %v", err)
	}
}

// told is a service that tells of one submission.
type told struct{ catalog catalog.Catalog }

func (told) Offer(context.Context, []byte) (r review.Receipt, err error) { return r, client.ErrLine }

func (f told) Feed(_ context.Context, _ string, after uint64, _ int) (p wire.FeedPage, err error) {
	p = wire.FeedPage{Epoch: "e", After: after, Next: 1}
	if after > 0 {
		return p, nil
	}
	_, h := review.Canonical(&f.catalog)
	k, err := bundle.NewKey(bytes.NewReader(bytes.Repeat([]byte{2}, 32)))
	if err != nil {
		return p, err
	}
	body := fmt.Sprintf(`{"case":{"unit":%q,"sector":%q},"submission":"x","head":"x","number":1,"state":"county","catalog":%q}`, unit.ID, sector, h)
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Item}, review.Item{Seq: 1, Unit: unit.ID, Kind: review.ItemDecision, Body: []byte(body)}, k)
	p.Items = [][]byte{b}
	return p, err
}

func (f told) Catalog(context.Context, review.Hash, review.CaseID) (catalog.Catalog, error) {
	return f.catalog, nil
}

func (told) Content(context.Context, review.Hash) ([]byte, error) { return nil, catalog.ErrNotFound }
