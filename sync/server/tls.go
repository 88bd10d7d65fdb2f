package server

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Certificate serves a certificate from its files and takes them up again when
// they change, so that a renewed one needs no restart.
type Certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu      sync.Mutex
	current *tls.Certificate
	stamp   [2]fileStamp
	looked  time.Time
}

// fileStamp tells whether a file is still what it was.
type fileStamp struct {
	at   time.Time
	size int64
}

// certificateAge is how long nobody looks whether the files changed.
const certificateAge = time.Second

// LoadCertificate reads a certificate with its chain, and its key, as PEM.
func LoadCertificate(certFile, keyFile string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log}
	if err := c.load(); err != nil {
		return nil, err
	}
	return c, nil
}

// TLS returns what a listener needs to serve the certificate.
func (c *Certificate) TLS() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.get(), nil },
	}
}

// get returns the certificate as the files have it now. While they are being
// changed, or are wrong, the one before goes on.
func (c *Certificate) get() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < certificateAge {
		return c.current
	}
	c.looked = time.Now()
	if stamp, err := c.stamps(); err == nil && stamp == c.stamp {
		return c.current
	}
	if err := c.load(); err != nil {
		c.log.Error("the certificate could not be taken up; the one before goes on", "err", err)
	} else {
		c.log.Info("took up a changed certificate", "until", c.current.Leaf.NotAfter)
	}
	return c.current
}

func (c *Certificate) load() error {
	stamp, err := c.stamps()
	if err != nil {
		return fmt.Errorf("read the certificate: %w", err)
	}
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("read the certificate: %w", err)
	}
	c.current, c.stamp = &pair, stamp
	return nil
}

func (c *Certificate) stamps() (s [2]fileStamp, err error) {
	for i, name := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return s, err
		}
		s[i] = fileStamp{info.ModTime(), info.Size()}
	}
	return s, nil
}
