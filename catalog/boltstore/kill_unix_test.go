//go:build unix

package boltstore_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func init() { children["edit"] = editLoop }

// editLoop opens the store in args[0] and edits it until it is killed, or args[1]
// times: typing, adding and removing entries, undoing. Edit n writes n in the
// note of the first catalog; once it is saved the child says "ack n".
func editLoop(args []string) error {
	ctx := context.Background()
	s, err := boltstore.Open(args[0], boltstore.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	times, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	all, err := s.Catalogs(ctx)
	if err != nil {
		return err
	}
	sector := all[0].Sector
	start := noted(all[0])
	for n := start + 1; n <= start+times; n++ {
		info := boltstore.EditInfo{By: "李梅", Label: fmt.Sprint("第", n, "次")}
		if n%3 == 0 {
			info.Typing = "note"
		}
		_, err := s.Edit(ctx, info, func(tx *boltstore.Tx) error { return step(tx, sector, n) })
		if err != nil {
			return err
		}
		fmt.Printf("ack %d\n", n) // os.Stdout has no buffer
	}
	return nil
}

func step(tx *boltstore.Tx, sector catalog.Sector, n int) error {
	if err := tx.SetNote(sector, strconv.Itoa(n)); err != nil {
		return err
	}
	e := catalogtest.Entries(uint64(n), 1)[0]
	e.Sector = sector
	switch {
	case n%7 == 0: // much at once, so that the file grows
		c, err := tx.Catalog(sector)
		if err != nil {
			return err
		}
		if len(c.Entries) > 300 {
			for _, e := range c.Entries[1:] {
				if err := tx.RemoveEntry(sector, e.ID); err != nil {
					return err
				}
			}
			return nil
		}
		for range 60 {
			e.ID = ""
			if _, err := tx.AppendEntry(e); err != nil {
				return err
			}
		}
		return nil
	case n%2 == 0:
		e.ID = ""
		_, err := tx.InsertEntry(e, "")
		return err
	default:
		c, err := tx.Catalog(sector)
		if err != nil {
			return err
		}
		e.ID = c.Entries[n%len(c.Entries)].ID
		return tx.PutEntry(e)
	}
}

// noted is the number in the catalog's note.
func noted(c catalog.Catalog) int {
	n, _ := strconv.Atoi(c.Note)
	return n
}

// TestKilledProgramLosesNothing kills an editing program again and again. What
// it said was saved is there, as is at most the one edit it was about to confirm.
func TestKilledProgramLosesNothing(t *testing.T) {
	dir := fill(t, 52)
	ctx := context.Background()
	const rounds = 110
	acked, kills := 0, 0
	for round := range rounds {
		cmd := child(t, nil, "edit", dir, "1000000")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		// Now and then before the first edit, else at some moment of the editing.
		if round%10 != 0 && lines.Scan() {
			acked = parseAck(t, lines.Text())
		}
		kill := time.AfterFunc(time.Duration(rand.IntN(40_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		for lines.Scan() {
			acked = parseAck(t, lines.Text())
		}
		if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
			t.Fatalf("round %d: the child ended by itself: %v %s", round, err, stderr.String())
		}
		kill.Stop()
		kills++

		s, err := boltstore.Open(dir, boltstore.Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := s.Verify(ctx); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		all, err := s.Catalogs(ctx)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if got := noted(all[0]); got < acked || got > acked+1 {
			t.Fatalf("round %d: edit %d was acknowledged, the store is at %d", round, acked, got)
		}
		acked = noted(all[0])
		if round == rounds-1 {
			checkAcked(t, s, acked)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if kills < 100 || acked < kills {
		t.Errorf("%d kills between %d edits; want at least 100, and as many edits", kills, acked)
	}
	t.Logf("%d kills between %d edits", kills, acked)
}

func parseAck(t *testing.T, line string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimPrefix(line, "ack "))
	if err != nil {
		t.Fatalf("the child says %q", line)
	}
	return n
}

// checkAcked checks that the history holds every edit there was: each wrote its
// number in the note, over the number before.
func checkAcked(t *testing.T, s *boltstore.Store, want int) {
	t.Helper()
	catalogtest.CheckStore(t, suiteStore{s})
	edits, err := s.History(context.Background(), boltstore.HistoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits[:len(edits)-1] { // the first filled the store
		for _, c := range e.Changes {
			if c.Target != catalog.TargetNote {
				continue
			}
			if after := string(c.After); after != fmt.Sprintf(`"%d"`, want) {
				t.Fatalf("edit %d wrote the note %s, want %d", e.Seq, after, want)
			}
			want--
			if c.Before != nil && string(c.Before) != fmt.Sprintf(`"%d"`, want) {
				t.Fatalf("edit %d found the note %s, want %d", e.Seq, c.Before, want)
			}
		}
	}
	if want != 0 {
		t.Errorf("edits up to %d are not in the history", want)
	}
}

// TestSavedMeansSynced watches the system calls of an editing program: between
// the last write to the file and the word that an edit is saved, the file is
// synced. strace is the Debian package of that name.
func TestSavedMeansSynced(t *testing.T) {
	dir := fill(t, 26)
	trace := t.TempDir() + "/trace"
	cmd := child(t, []string{"strace", "-f", "-y", "-s", "20", "-o", trace, "-e", "trace=pwrite64,write,fdatasync,fsync"}, "edit", dir, "20")
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	calls, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	acks, err := syncedBeforeAck(string(calls))
	if err != nil {
		t.Error(err)
	}
	if want := strings.Count(out.String(), "ack "); acks != want || want != 20 {
		t.Errorf("%d acknowledged edits in the trace, %d in the output, want 20", acks, want)
	}
}

// syncedBeforeAck counts the acknowledgements in a trace, each of which must
// follow a sync that follows all writes.
func syncedBeforeAck(trace string) (acks int, err error) {
	dirty, synced := false, false
	syncing := map[string]bool{} // by process id: a sync that was begun and not ended
	for _, line := range strings.Split(trace, "\n") {
		pid, call, _ := strings.Cut(line, " ")
		call = strings.TrimSpace(call)
		file := strings.Contains(call, "/drafts.db>")
		switch {
		case strings.HasPrefix(call, "pwrite64(") && file:
			dirty, synced = true, false
		case strings.HasPrefix(call, "fdatasync(") && file && strings.Contains(call, "unfinished"):
			syncing[pid] = true
		case strings.HasPrefix(call, "fdatasync(") && file && strings.HasSuffix(call, "= 0"),
			strings.HasPrefix(call, "<... fdatasync resumed") && syncing[pid] && strings.HasSuffix(call, "= 0"):
			syncing[pid] = false
			dirty, synced = false, true
		case strings.HasPrefix(call, "write(1<") && strings.Contains(call, `"ack `):
			if acks++; dirty || !synced {
				err = errors.Join(err, fmt.Errorf("acknowledged before it was synced: %s", call))
			}
			synced = false
		}
	}
	return acks, err
}

func TestTraceOfAnUnsyncedEditIsSeen(t *testing.T) {
	const write, sync, ack = "7 pwrite64(3</d/drafts.db>, \"x\", 4096, 0) = 4096\n", "7 fdatasync(3</d/drafts.db>) = 0\n", "7 write(1<pipe:[1]>, \"ack 1\\n\", 6) = 6\n"
	tests := []struct {
		name, trace string
		ok          bool
	}{
		{"written, synced, said", write + sync + ack, true},
		{"synced in two lines", write + "7 fdatasync(3</d/drafts.db> <unfinished ...>\n8 write(5<x>, \"\")\n7 <... fdatasync resumed>) = 0\n" + ack, true},
		{"never synced", write + ack, false},
		{"synced too late", write + ack + sync, false},
		{"written again after the sync", write + sync + write + ack, false},
		{"sync failed", write + "7 fdatasync(3</d/drafts.db>) = -1 EIO (Input/output error)\n" + ack, false},
		{"said twice for one sync", write + sync + ack + ack, false},
		{"another file was synced", write + "7 fdatasync(4</d/other>) = 0\n" + ack, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			acks, err := syncedBeforeAck(tt.trace)
			if acks == 0 || (err == nil) != tt.ok {
				t.Errorf("%d acknowledged, %v; want an error: %v", acks, err, !tt.ok)
			}
		})
	}
}
