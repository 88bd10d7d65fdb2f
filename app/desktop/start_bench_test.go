//go:build linux && realwindow && uitrace

package desktop

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

// BenchmarkRatioStart compares whole processes on a display of their own: from the
// start of the desktop on a store of 10,000 entries until its overview is painted
// and keys are taken, against a Fyne window with one label built with the same flags.
func BenchmarkRatioStart(b *testing.B) {
	const rounds = 9
	s := newScreen(b)
	s.windowManager()
	data := filepath.Join(s.home, "drafts")
	tenThousandEntries(b, data)
	ours := started{built(b, theProgram, "uitrace"), []string{"--data", data}, "重大建设项目"}
	label := started{built(b, "./testdata/onelabel", "uitrace"), nil, "one label"}
	s.measure(label)
	s.measure(ours)
	var oursMS, labelMS, ratios, oursMB, labelMB []float64
	for range rounds {
		lms, lmb := s.measure(label)
		oms, omb := s.measure(ours)
		labelMS, labelMB = append(labelMS, lms), append(labelMB, lmb)
		oursMS, oursMB = append(oursMS, oms), append(oursMB, omb)
		ratios = append(ratios, oms/lms)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(oursMS), "ours-ms")
	b.ReportMetric(median(labelMS), "one-label-ms")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(1.25, "at-most")
	b.ReportMetric(median(oursMB), "ours-peak-MiB")
	b.ReportMetric(median(labelMB), "one-label-peak-MiB")
}

func median(x []float64) float64 { slices.Sort(x); return x[len(x)/2] }

// started is a program and the text that tells that it is usable.
type started struct {
	path string
	args []string
	text string
}

// measure starts a program and returns the milliseconds until it was usable and
// the most memory it had held by then.
func (s *screen) measure(p started) (ms, mib float64) {
	s.t.Helper()
	ready := filepath.Join(s.t.TempDir(), "ready")
	cmd := s.command(p.path, p.args...)
	cmd.Env = append(cmd.Env, "MULUTONG_UITRACE="+ready, "MULUTONG_READY="+p.text)
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		defer time.AfterFunc(patience, func() { _ = cmd.Process.Kill() }).Stop() // Fyne's end can wait for itself
		_ = cmd.Wait()
	}()
	for {
		if info, err := os.Stat(ready); err == nil {
			ms = float64(info.ModTime().Sub(begin).Microseconds()) / 1000
			break
		}
		if time.Since(begin) > patience {
			s.picture("failed")
			s.t.Fatalf("%s never showed %q", p.path, p.text)
		}
		time.Sleep(5 * time.Millisecond)
	}
	status, err := os.ReadFile("/proc/" + strconv.Itoa(cmd.Process.Pid) + "/status")
	if err != nil {
		s.t.Fatal(err)
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.ParseFloat(strings.Fields(peak)[0], 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return ms, kb / 1024
}

// tenThousandEntries makes a store of a township with as many entries.
func tenThousandEntries(t testing.TB, dir string) {
	t.Helper()
	unit := catalog.Unit{ID: "340223100", Name: "籍山镇人民政府", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}
	s, err := boltstore.Create(dir, unit, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Edit(context.Background(), boltstore.EditInfo{}, func(tx *boltstore.Tx) error {
		for _, c := range catalogtest.Catalogs(1, 10000) {
			c.Unit = unit
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
