//go:build unix

package work

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

const childKey = "WORK_TEST_CHILD"

func TestMain(m *testing.M) {
	dir := os.Getenv(childKey)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := typeUntilKilled(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// typeUntilKilled types numbers, one after the other, into the contents of the
// entries, and says a number once everything up to it is saved.
func typeUntilKilled(dir string) error {
	d, err := Open(dir, Options{TypingWait: time.Millisecond})
	if err != nil {
		return err
	}
	dr, err := d.Draft(context.Background(), "education")
	if err != nil {
		return err
	}
	ids := orderOf(dr.Catalog())
	n := lastNumber(dr.Catalog())
	for {
		n++
		if err := dr.Type(ids[n/5%len(ids)], catalog.FieldContent, strconv.Itoa(n)); err != nil {
			return err
		}
		if n%7 == 0 {
			if err := dr.Change("备注", func(c *catalog.Catalog) error { c.Note = strconv.Itoa(n); return nil }); err != nil {
				return err
			}
		}
		if rand.IntN(8) > 0 { // now and then it rests, as a clerk does
			continue
		}
		for dr.Saved().Status != Saved {
			time.Sleep(time.Millisecond)
		}
		fmt.Println(n) // os.Stdout has no buffer
	}
}

// lastNumber is the highest number in a catalog.
func lastNumber(c *catalog.Catalog) int {
	last, _ := strconv.Atoi(c.Note)
	for i := range c.Entries {
		n, _ := strconv.Atoi(c.Entries[i].Content)
		last = max(last, n)
	}
	return last
}

// TestWhatWasSaidToBeSavedSurvivesAKill kills a typing program again and again.
func TestWhatWasSaidToBeSavedSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	d, err := Create(dir, catalogtest.Unit(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Edit(context.Background(), "新建", func(tx *boltstore.Tx) error {
		return tx.PutCatalog(catalog.Catalog{Sector: "education", Entries: make([]catalog.Entry, 4)})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for round := range 15 {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), childKey+"="+dir)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		before := said
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if said, err = strconv.Atoi(strings.TrimSpace(lines.Text())); err != nil {
				t.Fatalf("the child says %q", lines.Text())
			}
			if said == before {
				continue
			}
			if before >= 0 { // the first word of this round
				before = -1
				time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { _ = cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
			t.Fatalf("round %d: the child ended by itself: %v %s", round, err, stderr.String())
		}
		if err := boltstore.Verify(dir); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Catalog(context.Background(), "education")
		if err != nil {
			t.Fatal(err)
		}
		if got := lastNumber(&c); got < said {
			t.Fatalf("round %d: %d was said to be saved, the store is at %d", round, said, got)
		}
		_ = s.Close()
	}
	if said < 30 {
		t.Errorf("only %d was typed and saved in all rounds", said)
	}
	t.Logf("typed up to %d", said)
}
