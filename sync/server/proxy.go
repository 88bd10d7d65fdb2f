package server

import (
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// errPlain says that a request came unencrypted from where it must not.
var errPlain = errors.New("plain HTTP is for this machine and the named proxy only")

// proxies are those whose word about the client is believed.
type proxies []netip.Prefix

func (p proxies) contain(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(a) })
}

// client is who a request comes from.
type client struct {
	addr   netip.Addr
	secure bool // the way to the client is encrypted
}

// from tells who sent the request. X-Forwarded-For is read from its end, since
// anybody can write its beginning: the last address that is no proxy of ours is
// the client's.
func (p proxies) from(r *http.Request) (client, error) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return client{}, err
	}
	c := client{addr: peer.Addr().Unmap().WithZone(""), secure: r.TLS != nil}
	if !p.contain(c.addr) {
		if !c.secure && !c.addr.IsLoopback() {
			return client{}, errPlain
		}
		return c, nil
	}
	c.secure = c.secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		a, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		c.addr = a.Unmap().WithZone("")
		if !p.contain(c.addr) {
			break
		}
	}
	return c, nil
}

// network is the part of an address that stands for one subscriber: an IPv6 line
// has 2^64 of them.
func network(a netip.Addr) netip.Addr {
	if a.Is4() {
		return a
	}
	p, err := a.Prefix(64)
	if err != nil {
		return a
	}
	return p.Addr()
}
