package bundle

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// maxPacked is how many bundles a pack may hold.
const maxPacked = 20_000

// Packed is the payload of a pack of the bundles: each after its length on a line.
func Packed(bundles [][]byte) []byte {
	var b bytes.Buffer
	for _, m := range bundles {
		b.WriteString(strconv.Itoa(len(m)))
		b.WriteByte('\n')
		b.Write(m)
	}
	return b.Bytes()
}

// Unpacked are the bundles of a pack, each still to be opened. A pack in a pack
// is ErrDamaged.
func Unpacked(pack *Bundle) ([][]byte, error) {
	if pack.Kind != Pack {
		return nil, &UnsupportedError{What: "kind", Value: string(pack.Kind)}
	}
	var out [][]byte
	for b := pack.Payload; len(b) > 0; {
		line, rest, ok := cutLine(b, 10)
		n, err := strconv.Atoi(string(line))
		if !ok || err != nil || n < 0 || n > len(rest) || strconv.Itoa(n) != string(line) {
			return nil, fmt.Errorf("%w: pack breaks off behind %d bundles", ErrDamaged, len(out))
		}
		m := rest[:n:n]
		if h, err := Peek(m); err == nil && h.Kind == Pack {
			return nil, fmt.Errorf("%w: a pack in a pack", ErrDamaged)
		}
		if out = append(out, m); len(out) > maxPacked {
			return nil, fmt.Errorf("%w: a pack of more than %d bundles", ErrTooLarge, maxPacked)
		}
		b = rest[n:]
	}
	return out, nil
}

// Read reads a bundle's file, and no more of it than a bundle can have.
func Read(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxEncrypted+1))
	if err != nil {
		return nil, fmt.Errorf("read a bundle: %w", err)
	}
	if len(b) > maxEncrypted {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, maxEncrypted)
	}
	return b, nil
}

// maxEncrypted is the longest file: what age adds is a 16 byte tag to each 64 KiB,
// and a header.
const maxEncrypted = MaxPack + MaxPack/(64<<10)*16 + 64<<10
