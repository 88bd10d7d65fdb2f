package check

import "sync"

// cache keeps what was worked out of cells that come again and again. A full one
// starts anew.
type cache[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

const cacheSize = 1 << 13

// get returns what is kept for k, or else what work makes of it. Two callers may
// both do the work; they agree on what comes of it.
func (c *cache[K, V]) get(k K, work func() V) V {
	c.mu.RLock()
	v, ok := c.m[k]
	c.mu.RUnlock()
	if ok {
		return v
	}
	v = work()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil || len(c.m) >= cacheSize {
		c.m = map[K]V{}
	}
	c.m[k] = v
	return v
}
