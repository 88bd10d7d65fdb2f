package server

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"mulutong/sync/review"
)

// ErrPlain says that a listener would speak plain HTTP to everybody.
var ErrPlain = errors.New("plain HTTP is for this machine, or behind a named proxy")

// Listen opens a listener on addr: with TLS where there is a certificate, plain
// otherwise, and then only on this machine unless the service is behind a proxy.
func (s *Server) Listen(addr string, cert *Certificate) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if cert != nil {
		return tls.NewListener(netutil.LimitListener(ln, s.cfg.Limits.Connections), cert.TLS()), nil
	}
	a, ok := ln.Addr().(*net.TCPAddr)
	if len(s.proxies) == 0 && !(ok && a.IP.IsLoopback()) {
		ln.Close()
		return nil, fmt.Errorf("listen on %s: %w", addr, ErrPlain)
	}
	return netutil.LimitListener(ln, s.cfg.Limits.Connections), nil
}

// Run serves the listeners until ctx is done, and then lets the requests that
// have begun finish. It closes the listeners.
func (s *Server) Run(ctx context.Context, listeners ...net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.cfg.Limits.Head,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		// net/http notes clients that break off, with their addresses: those are
		// nobody's business, and an attack would fill the log.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	failed := make(chan error, len(listeners))
	for _, ln := range listeners {
		go func() { failed <- srv.Serve(ln) }()
	}
	keeping, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	go s.keepHouse(keeping)
	notify("READY=1")
	s.log.Info("serving", "version", s.cfg.Version)

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	}
	s.stopping.Store(true)
	notify("STOPPING=1")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Grace)
	defer cancel()
	if down := srv.Shutdown(grace); down != nil {
		srv.Close()
		err = cmp.Or(err, fmt.Errorf("stop: requests were cut off: %w", down))
	}
	s.log.Info("stopped")
	return err
}

// keepHouse forgets what has expired, reminds who is nearly late, and tells systemd
// that the service lives.
func (s *Server) keepHouse(ctx context.Context) {
	expire := time.NewTicker(10 * time.Minute)
	defer expire.Stop()
	remind := time.NewTicker(time.Hour)
	defer remind.Stop()
	var alive <-chan time.Time
	if every := watchdog(); every > 0 {
		t := time.NewTicker(every)
		defer t.Stop()
		alive = t.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-alive:
			if err := s.reachable(ctx); err != nil {
				s.log.Error("the store does not answer", "err", err)
			} else {
				notify("WATCHDOG=1")
			}
		case <-remind.C:
			if n, err := s.office.Remind(ctx); err != nil {
				s.log.Error("remind", "err", err)
			} else if n > 0 {
				s.log.Info("reminded", "units", n)
			}
		case <-expire.C:
			err := s.cfg.Store.Update(ctx, func(tx review.Tx) error { return tx.RemoveExpired(s.cfg.Now()) })
			if err != nil {
				s.log.Error("forget what has expired", "err", err)
			}
		}
	}
}

// reachable reports whether the store answers.
func (s *Server) reachable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return s.cfg.Store.View(ctx, func(tx review.Tx) error {
		_, err := tx.Epoch()
		return err
	})
}
