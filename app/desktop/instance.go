package desktop

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mulutong/catalog/atomicfile"
)

var (
	// errRaised says that another program has the folder and now shows its window.
	errRaised = errors.New("the running program was raised")
	// errUnresponsive says that another program has the folder and does not answer.
	errUnresponsive = errors.New("the running program does not answer")
)

// The files of a claim. The lock says that a program is there, and the system
// takes it back however the program ends; the address says how to reach it.
const (
	claimLock    = "mulutong.lock"
	claimAddress = "mulutong.run"
)

// claimWait is how long a second start waits for the first to answer; the first
// may be starting itself.
const claimWait = 5 * time.Second

// address is what the claim's file says of the running program. The token keeps
// other users of the machine, who can reach the port, from raising the window.
type address struct {
	Addr  string `json:"addr"`
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

// claim is one program's hold of a data folder.
type claim struct {
	dir  string
	lock *os.File
	l    net.Listener
}

// claimFolder takes a data folder, which may be absent, for this program. raise
// is called, on any goroutine, when another start asks for the window; it returns
// once the window is up, so that a program that hangs does not answer. Where a
// program has the folder already, its window is raised and errRaised comes back.
func claimFolder(dir string, raise func()) (*claim, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	deadline := time.Now().Add(claimWait)
	for {
		lock, err := lockFile(filepath.Join(dir, claimLock))
		if err == nil {
			c := &claim{dir: dir, lock: lock}
			if err := c.listen(raise); err != nil {
				// Without a port a second start cannot raise this one; the lock
				// still keeps it from working on the same drafts.
				log.Printf("listen for a second start: %v", err)
			}
			return c, nil
		}
		if !errors.Is(err, errHeld) {
			return nil, err
		}
		if askToRaise(dir) {
			return nil, errRaised
		}
		if time.Now().After(deadline) {
			return nil, errUnresponsive
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (c *claim) listen(raise func()) error {
	var lc net.ListenConfig
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	a := address{Addr: l.Addr().String(), Token: rand.Text(), PID: os.Getpid()}
	b, err := json.Marshal(a)
	if err == nil {
		err = atomicfile.WriteFile(filepath.Join(c.dir, claimAddress), func(w io.Writer) error {
			_, err := w.Write(b)
			return err
		})
	}
	if err != nil {
		return errors.Join(err, l.Close())
	}
	c.l = l
	go serveRaise(l, a.Token, raise)
	return nil
}

// serveRaise answers second starts until the listener is closed.
func serveRaise(l net.Listener, token string, raise func()) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(claimWait))
			line, err := bufio.NewReaderSize(conn, 128).ReadSlice('\n')
			if err != nil || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(string(line))), []byte(token)) != 1 {
				return
			}
			raise()
			fmt.Fprintln(conn, "ok")
		}()
	}
}

// askToRaise asks the program that holds dir for its window and says whether it
// answered.
func askToRaise(dir string) bool {
	b, err := os.ReadFile(filepath.Join(dir, claimAddress))
	if err != nil {
		return false
	}
	var a address
	if err := json.Unmarshal(b, &a); err != nil {
		return false
	}
	conn, err := (&net.Dialer{Timeout: time.Second}).Dial("tcp", a.Addr)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(claimWait))
	allowForeground(a.PID)
	if _, err := fmt.Fprintln(conn, a.Token); err != nil {
		return false
	}
	answer, err := bufio.NewReader(conn).ReadString('\n')
	return err == nil && answer == "ok\n"
}

// release gives the folder back.
func (c *claim) release() {
	if c.l != nil {
		c.l.Close()
		os.Remove(filepath.Join(c.dir, claimAddress))
	}
	c.lock.Close()
}
