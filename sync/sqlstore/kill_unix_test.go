//go:build unix

package sqlstore_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
)

// children are what this test binary does when it runs itself: a program that
// can be killed, or has the disk to itself.
var children = map[string]func(args []string) error{"submit": submitLoop}

const childKey = "SQLSTORE_TEST_CHILD"

func TestMain(m *testing.M) {
	name := os.Getenv(childKey)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := children[name](os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child is a command that runs a child.
func child(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), childKey+"="+name)
	return cmd
}

// submitLoop makes updates to the store at args[0] until it is killed, and says
// which are done, by the name in args[1].
func submitLoop(args []string) error {
	where, name, ctx := args[0], args[1], context.Background()
	s, err := sqlstore.Open(ctx, where)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		id := fmt.Sprint(name, "-", i)
		if err := s.Update(ctx, func(tx review.Tx) error { return submit(tx, id, i) }); err != nil {
			return err
		}
		fmt.Println("ack", id) // os.Stdout has no buffer
	}
}

// submit writes to every table that a submission does.
func submit(tx review.Tx, id string, i int) error {
	c := someCatalog(1 + i%40)
	c.Note = id
	h, err := tx.PutCatalog(c)
	if err != nil {
		return err
	}
	bundle, err := tx.PutBlob([]byte(id))
	if err != nil {
		return err
	}
	k, err := tx.Case(review.CaseID{Unit: "340223100", Sector: catalog.Sector(strconv.Itoa(i % 3))})
	if err != nil {
		k = review.Case{ID: review.CaseID{Unit: "340223100", Sector: catalog.Sector(strconv.Itoa(i % 3))}}
	}
	k.Version++
	k.Submissions = append(k.Submissions, review.Submission{ID: bundle, Catalog: h, Number: len(k.Submissions) + 1})
	if err := tx.PutCase(k); err != nil {
		return err
	}
	if err := tx.PutReceipt(review.Receipt{Bundle: bundle, Kind: "submission", Status: review.Accepted}); err != nil {
		return err
	}
	if _, err := tx.Post(review.Item{Kind: review.ItemReceipt, Unit: "340223100"}); err != nil {
		return err
	}
	_, err = tx.Append(review.Record{Action: review.ActSubmit, Subject: id})
	return err
}

// run lets a child make updates until it is killed after some of them, and
// returns those that it said are done.
func run(t *testing.T, name, where string, kill int) (acknowledged []string) {
	t.Helper()
	cmd := child(t, "submit", where, name)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		id, ok := strings.CutPrefix(lines.Text(), "ack ")
		if !ok {
			t.Errorf("the child says %q", lines.Text())
		}
		acknowledged = append(acknowledged, id)
		if len(acknowledged) == kill {
			go func() { // in the middle of one that follows
				time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
				_ = cmd.Process.Signal(syscall.SIGKILL)
			}()
		}
	}
	_ = cmd.Wait()
	if !cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
		t.Errorf("the child ended by itself: %v", cmd.ProcessState)
	}
	return acknowledged
}

// wantAll holds the store to every update that was acknowledged, once, whole, and
// to at most one more of each child.
func wantAll(t *testing.T, where string, children int, acknowledged []string) {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := sqlstore.Verify(t.Context(), where); err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(tx review.Tx) error {
		times := map[string]int{}
		rs, err := tx.Records(0, 0)
		if err != nil {
			return err
		}
		for _, r := range rs {
			times[r.Subject]++
		}
		for _, id := range acknowledged {
			if times[id] != 1 {
				t.Errorf("update %s was acknowledged and is there %d times", id, times[id])
			}
		}
		if n := len(rs) - len(acknowledged); n > children {
			t.Errorf("%d updates that nobody acknowledged, of %d children", n, children)
		}
		its, err := tx.Feed("340223100", 0, 0)
		if err != nil {
			return err
		}
		hs, err := tx.Heads(review.CaseQuery{})
		if err != nil {
			return err
		}
		submitted := 0
		for _, h := range hs {
			submitted += h.Number
		}
		if len(its) != len(rs) || submitted != len(rs) {
			t.Errorf("%d records, but %d items and %d submissions", len(rs), len(its), submitted)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestKilledProgramLosesNothingAcknowledged(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		where := place(t)
		var all []string
		const rounds = 8
		for i := range rounds {
			all = append(all, run(t, fmt.Sprint("child", i), where, 3+rand.IntN(10))...)
			wantAll(t, where, i+1, all)
		}
	})
}

// Several programs share one PostgreSQL: while one is killed in the middle of
// its updates, the others go on.
func TestKilledProgramStopsNoOther(t *testing.T) {
	where := backends["PostgreSQL"](t)
	var mu sync.Mutex
	var all []string
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			acknowledged := run(t, fmt.Sprint("child", i), where, 10+30*i)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, acknowledged...)
		})
	}
	wg.Wait()
	wantAll(t, where, 3, all)
}

func TestTwoStoresOnOneDatabase(t *testing.T) {
	where := backends["PostgreSQL"](t)
	reviewtest.TestConcurrent(t, open(t, where), open(t, where), open(t, where))
	if err := sqlstore.Verify(t.Context(), where); err != nil {
		t.Error(err)
	}
}

// Several programs start at once on an empty database: one of them migrates.
func TestStartingTogether(t *testing.T) {
	where := backends["PostgreSQL"](t)
	epochs := make([]string, 4)
	var wg sync.WaitGroup
	for i := range epochs {
		wg.Go(func() {
			s, err := sqlstore.Open(t.Context(), where)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			epochs[i] = epoch(t, s)
		})
	}
	wg.Wait()
	for _, e := range epochs {
		if e == "" || e != epochs[0] {
			t.Errorf("epochs %q", epochs)
		}
	}
}
