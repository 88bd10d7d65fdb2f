package server

import (
	"fmt"

	"mulutong/sync/review"
	"mulutong/sync/wire"
)

const plain = "text/plain; charset=utf-8"

func (s *Server) healthz(*call) (any, error) { return raw{plain, []byte("ok\n")}, nil }

// leastFree is how much room the disk has to have: what a bad day writes.
const leastFree = 64 << 20

// readyz says whether requests would be answered: the store is there, and the
// disk has room. What is wrong is named; why is in the log.
func (s *Server) readyz(c *call) (any, error) {
	if s.stopping.Load() {
		return nil, failure(wire.CodeBusy, "stopping")
	}
	if err := s.reachable(c.Context()); err != nil {
		s.log.Error("not ready", "what", "store", "err", err)
		return nil, failure(wire.CodeBusy, "not ready: store")
	}
	if s.cfg.Data != "" {
		n, err := s.free(s.cfg.Data)
		if err != nil || n < leastFree {
			s.log.Error("not ready", "what", "disk", "free", n, "err", err)
			return nil, failure(wire.CodeBusy, "not ready: disk")
		}
	}
	return raw{plain, []byte("ready\n")}, nil
}

func (s *Server) figures(c *call) (any, error) {
	if !c.w.client.addr.IsLoopback() && !proxies(s.cfg.MetricsFrom).contain(c.w.client.addr) {
		return nil, failure(wire.CodeDenied, "the metrics are for this machine and those named")
	}
	var head review.Record
	err := s.cfg.Store.View(c.Context(), func(tx review.Tx) (err error) {
		head, err = tx.LogHead()
		return err
	})
	up := 1.0
	if err != nil {
		up = 0
	}
	return raw{"text/plain; version=0.0.4; charset=utf-8", s.metrics.text(
		gauge{"mulu_store_up", "", "Whether the store answers.", up},
		gauge{"mulu_log_records", "", "Records of the log.", float64(head.Seq)},
		gauge{"mulu_body_bytes", "", "Bytes of requests held.", float64(s.bodies.used())},
		gauge{"mulu_work_queue", "", "Heavy requests at work or waiting.", float64(len(s.work.line))},
		gauge{"mulu_build_info", fmt.Sprintf("{version=%q}", s.cfg.Version), "The program's version.", 1},
	)}, nil
}
