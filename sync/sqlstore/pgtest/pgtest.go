// Package pgtest starts a PostgreSQL server of the tests' own: one for a test
// program, in a temporary folder, on a Unix socket, with fsync on as in earnest.
// It is gone when the program ends, however it ends.
package pgtest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// URL returns the URL of an empty place: a schema of its own, for another
// database takes ten times as long to make.
func URL(t testing.TB) string {
	t.Helper()
	s, err := started()
	if err != nil {
		t.Fatalf("PostgreSQL: %v", err)
	}
	name := "test" + strconv.FormatInt(s.made.Add(1), 10)
	psql := exec.Command(filepath.Join(s.bin, "psql"), "-q", "-h", s.dir, "-U", superuser, "-c", "CREATE SCHEMA "+name, "postgres")
	if out, err := psql.CombinedOutput(); err != nil {
		t.Fatalf("PostgreSQL: %v: %s", err, out)
	}
	return fmt.Sprintf("postgres:///postgres?host=%s&user=%s&search_path=%s", s.dir, superuser, name)
}

const superuser = "mulutong"

var started = sync.OnceValues(start)

type server struct {
	bin, dir string
	alive    io.Closer // the keeper's input: the server stops when it is closed, or collected
	made     atomic.Int64
}

// programs is the newest of the folders into which Debian puts the server.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errors.New("it is not installed; run make test-deps")
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1]), nil
}

func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// script runs the server until its input ends, which the system sees to when the
// test program dies, and leaves nothing behind.
const script = `
"$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c max_connections=200 -c shared_buffers=32MB >"$DIR/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
cd /
rm -rf "$DIR"
`

func start() (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pgtest") // a short path: a socket's has at most 107 bytes
	if err != nil {
		return nil, err
	}
	s := &server{bin: bin, dir: dir}
	if err := s.start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

func (s *server) start() error {
	as, err := unprivileged(s.dir)
	if err != nil {
		return err
	}
	initdb := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "-U", superuser,
		"-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = s.dir, as
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	keeper := exec.Command("sh", "-c", script)
	keeper.Dir, keeper.SysProcAttr = s.dir, as
	keeper.Env = append(os.Environ(), "BIN="+s.bin, "DIR="+s.dir)
	if s.alive, err = keeper.StdinPipe(); err != nil {
		return err
	}
	if err := keeper.Start(); err != nil {
		return err
	}
	for range 600 {
		if exec.Command(filepath.Join(s.bin, "pg_isready"), "-q", "-h", s.dir).Run() == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("it does not start: %s", log)
}
