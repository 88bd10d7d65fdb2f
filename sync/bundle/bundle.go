package bundle

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// Format is the number of the format that Seal writes.
const Format = 1

const magic = "MULUTONG BUNDLE "

// Kind is what a bundle carries.
type Kind string

// The kinds, and what their payloads are.
const (
	Submission    Kind = "submission"    // wire.Submission
	Withdrawal    Kind = "withdrawal"    // wire.Withdrawal
	Rectification Kind = "rectification" // wire.Rectification
	Item          Kind = "item"          // review.Item, from the service
	Content       Kind = "content"       // bytes that an item names by their hash, which is the header's Sum
	Page          Kind = "page"          // wire.FeedPage: a part of the feed as a file
	Pack          Kind = "pack"          // several bundles: Packed and Unpacked
	Request       Kind = "request"       // wire.EnrolRequest, signed by the key it holds
	Certificate   Kind = "certificate"   // wire.Certificate, signed by the key it holds
)

// The limits, in bytes.
const (
	MaxHeader = 4 << 10
	MaxPack   = 64 << 20 // a pack as a file
	MaxFile   = 16 << 20 // any other bundle as a file
	MaxSize   = 64 << 20 // a payload once it is unpacked

	maxOwn = 256 << 10 // whatever brings its own key
)

// limits are how long the file and the payload of each kind may be.
var limits = map[Kind]struct{ file, payload int64 }{
	Submission:    {MaxFile, MaxSize},
	Withdrawal:    {MaxFile, MaxSize},
	Rectification: {MaxFile, MaxSize},
	Item:          {MaxFile, MaxSize},
	Content:       {MaxFile, MaxSize},
	Page:          {MaxFile, MaxSize},
	Pack:          {MaxPack, MaxPack},
	Request:       {maxOwn, maxOwn},
	Certificate:   {maxOwn, maxOwn},
}

// Errors that callers branch on, besides *UnsupportedError.
var (
	ErrNotBundle = errors.New("not a bundle")
	ErrDamaged   = errors.New("bundle is damaged")
	ErrTooLarge  = errors.New("bundle is too large")
	ErrSignature = errors.New("signature does not hold")
	ErrNotForUs  = errors.New("bundle is encrypted to another key")
)

// UnsupportedError says that a bundle needs a program that knows more, or other
// things, than this one.
type UnsupportedError struct {
	What  string // format, suite, kind, encoding
	Value string
	Newer bool // a newer program knows it
}

func (e *UnsupportedError) Error() string {
	newer := ""
	if e.Newer {
		newer = ", made by a newer program"
	}
	return fmt.Sprintf("unsupported %s %.40q%s", e.What, e.Value, newer)
}

// Header says what a bundle is.
type Header struct {
	Kind  Kind      `json:"kind"`
	Suite string    `json:"suite"`
	Key   string    `json:"key"` // the id of the key that signed
	At    time.Time `json:"at"`  // when, by the sender's clock

	Unit catalog.UnitID `json:"unit,omitempty"` // whose it is, or for whom
	Base review.Hash    `json:"base,omitempty"` // what it was built on

	Encoding string      `json:"encoding,omitempty"` // gzip, or as it is
	Size     int64       `json:"size"`
	Sum      review.Hash `json:"sum"`
}

// Bundle is a bundle that was opened.
type Bundle struct {
	Header
	Payload []byte
	Hash    review.Hash // of the file before it was encrypted
}

// Decode reads the payload's JSON into v.
func (b *Bundle) Decode(v any) error {
	if err := json.Unmarshal(b.Payload, v); err != nil {
		return fmt.Errorf("%w: payload of a %s: %w", ErrDamaged, b.Kind, err)
	}
	return nil
}

// HashOf is the hash by which things are named.
func HashOf(b []byte) review.Hash {
	s := sha256.Sum256(b)
	return review.Hash(hex.EncodeToString(s[:]))
}

// SealJSON seals v as JSON.
func SealJSON(h Header, v any, s Signer) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("seal a %s: %w", h.Kind, err)
	}
	return Seal(h, b, s)
}

// Seal makes a bundle of the payload: of h it takes Kind, At, Unit and Base.
func Seal(h Header, payload []byte, s Signer) ([]byte, error) {
	limit, known := limits[h.Kind]
	if !known {
		return nil, &UnsupportedError{What: "kind", Value: string(h.Kind)}
	}
	if int64(len(payload)) > limit.payload {
		return nil, fmt.Errorf("%w: %s of %d bytes", ErrTooLarge, h.Kind, len(payload))
	}
	h.Suite, h.Key = s.Suite(), s.KeyID()
	h.Size, h.Sum = int64(len(payload)), HashOf(payload)
	h.At = h.At.UTC().Truncate(time.Millisecond)
	h.Encoding = ""
	if packed := compress(payload); packed != nil {
		h.Encoding, payload = "gzip", packed
	}
	head, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("seal a %s: %w", h.Kind, err)
	}
	if len(head) > MaxHeader {
		return nil, fmt.Errorf("%w: header of %d bytes", ErrTooLarge, len(head))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%d\n%s\n", magic, Format, head)
	b.Write(payload)
	b.WriteByte('\n')
	sig, err := s.Sign(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("sign a %s: %w", h.Kind, err)
	}
	b.WriteString(base64.StdEncoding.EncodeToString(sig))
	b.WriteByte('\n')
	if int64(b.Len()) > limit.file {
		return nil, fmt.Errorf("%w: %s of %d bytes", ErrTooLarge, h.Kind, b.Len())
	}
	return b.Bytes(), nil
}

// writers are kept, for one takes a megabyte to make.
var writers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// compress returns nil where it gains nothing.
func compress(b []byte) []byte {
	var out bytes.Buffer
	w := writers.Get().(*gzip.Writer)
	defer writers.Put(w)
	w.Reset(&out)
	w.Write(b) // to memory: neither fails
	w.Close()
	if out.Len() >= len(b) {
		return nil
	}
	return out.Bytes()
}

// Keys finds the public key that a header names. It says with an error of its
// own that it does not know or no longer trusts the key.
type Keys func(Header) ([]byte, error)

// Open checks a bundle and returns what is in it. A kind that brings its own key
// is for OpenOwn.
func Open(b []byte, keys Keys) (*Bundle, error) {
	p, err := parse(b)
	if err != nil {
		return nil, err
	}
	if bringsKey(p.Kind) {
		return nil, &UnsupportedError{What: "kind", Value: string(p.Kind)}
	}
	key, err := keys(p.Header)
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", p.Key, err)
	}
	// The signature comes before the payload is unpacked, so that only those who
	// hold a key can make us unpack anything.
	if err := p.verify(key); err != nil {
		return nil, err
	}
	payload, err := p.unpack()
	if err != nil {
		return nil, err
	}
	return &Bundle{p.Header, payload, HashOf(b)}, nil
}

// OpenOwn checks a request or certificate, which holds the key that signed it:
// it tells that its maker holds the key, not that the key is to be trusted.
func OpenOwn(b []byte, want Kind) (*Bundle, error) {
	p, err := parse(b)
	if err != nil {
		return nil, err
	}
	if p.Kind != want || !bringsKey(want) {
		return nil, &UnsupportedError{What: "kind", Value: string(p.Kind)}
	}
	payload, err := p.unpack()
	if err != nil {
		return nil, err
	}
	own := &Bundle{p.Header, payload, HashOf(b)}
	var holds struct {
		Key   []byte `json:"key"`
		Suite string `json:"suite"`
	}
	if err := own.Decode(&holds); err != nil {
		return nil, err
	}
	if holds.Suite != p.Suite {
		return nil, fmt.Errorf("%w: two suites, %.40q and %q", ErrDamaged, holds.Suite, p.Suite)
	}
	if err := p.verify(holds.Key); err != nil {
		return nil, err
	}
	return own, nil
}

func bringsKey(k Kind) bool { return k == Request || k == Certificate }

// Peek reads what a bundle says of itself, which nobody has verified.
func Peek(b []byte) (Header, error) {
	p, err := parse(b)
	return p.Header, err
}

// parsed is a bundle whose form is right.
type parsed struct {
	Header
	signed    []byte // what the signature is of
	payload   []byte // as it is encoded
	signature []byte
}

func parse(b []byte) (parsed, error) {
	var p parsed
	if IsEncrypted(b) {
		return p, ErrNotForUs
	}
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return p, ErrNotBundle
	}
	number, rest, ok := cutLine(rest, 10)
	if !ok {
		return p, fmt.Errorf("%w: it ends in its first line", ErrDamaged)
	}
	switch n, err := strconv.ParseUint(string(number), 10, 32); {
	case err != nil:
		return p, fmt.Errorf("%w: format %q", ErrDamaged, number)
	case n != Format || len(number) != 1: // 01 is no number of ours
		return p, &UnsupportedError{What: "format", Value: string(number), Newer: n > Format}
	}
	head, rest, ok := cutLine(rest, MaxHeader)
	if !ok {
		return p, fmt.Errorf("%w: its header does not end", ErrDamaged)
	}
	if err := json.Unmarshal(head, &p.Header); err != nil {
		return p, fmt.Errorf("%w: header: %w", ErrDamaged, err)
	}
	limit, known := limits[p.Kind]
	if !known {
		return p, &UnsupportedError{What: "kind", Value: string(p.Kind), Newer: true}
	}
	if _, ok := suites[p.Suite]; !ok {
		return p, &UnsupportedError{What: "suite", Value: p.Suite, Newer: true}
	}
	if p.Encoding != "" && p.Encoding != "gzip" {
		return p, &UnsupportedError{What: "encoding", Value: p.Encoding, Newer: true}
	}
	if int64(len(b)) > limit.file || p.Size > limit.payload {
		return p, fmt.Errorf("%w: %s of %d bytes, of %d unpacked", ErrTooLarge, p.Kind, len(b), p.Size)
	}
	rest, ok = bytes.CutSuffix(rest, []byte("\n"))
	at := bytes.LastIndexByte(rest, '\n')
	if !ok || at < 0 {
		return p, fmt.Errorf("%w: no signature", ErrDamaged)
	}
	p.payload, p.signed = rest[:at], b[:len(b)-len(rest[at+1:])-1]
	// One signature has one spelling, or the same bundle could have two hashes.
	sig, err := base64.StdEncoding.DecodeString(string(rest[at+1:]))
	if err != nil || base64.StdEncoding.EncodeToString(sig) != string(rest[at+1:]) {
		return p, fmt.Errorf("%w: its signature is no base64", ErrDamaged)
	}
	p.signature = sig
	return p, nil
}

// cutLine cuts a line of at most limit bytes off b.
func cutLine(b []byte, limit int) (line, rest []byte, ok bool) {
	i := bytes.IndexByte(b[:min(len(b), limit+1)], '\n')
	if i < 0 {
		return nil, nil, false
	}
	return b[:i], b[i+1:], true
}

func (p *parsed) verify(key []byte) error {
	if KeyID(key) != p.Key {
		return fmt.Errorf("%w: it names another key", ErrSignature)
	}
	if !suites[p.Suite].Verify(key, p.signed, p.signature) {
		return ErrSignature
	}
	return nil
}

func (p *parsed) unpack() ([]byte, error) {
	payload := p.payload
	if p.Encoding == "gzip" {
		packed := bytes.NewReader(p.payload)
		r, err := gzip.NewReader(packed)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		r.Multistream(false)
		// One byte more than there may be shows that there is more.
		if payload, err = io.ReadAll(io.LimitReader(r, p.Size+1)); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if packed.Len() > 0 {
			return nil, fmt.Errorf("%w: something follows the payload", ErrDamaged)
		}
	}
	if int64(len(payload)) != p.Size || HashOf(payload) != p.Sum {
		return nil, fmt.Errorf("%w: payload is not what its header says", ErrDamaged)
	}
	return slices.Clip(payload), nil
}
