package bundle

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mulutong/sync/review"
)

var update = flag.Bool("update", false, "write testdata/format1 anew")

// testKey is the same at every run; n tells keys apart.
func testKey(t testing.TB, n byte) *Key {
	t.Helper()
	k, err := NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// trust knows the keys given.
func trust(ks ...*Key) Keys {
	return func(h Header) ([]byte, error) {
		for _, k := range ks {
			if k.KeyID() == h.Key {
				return k.Public(), nil
			}
		}
		return nil, errUnknownKey
	}
}

var errUnknownKey = errors.New("unknown key")

var testTime = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

func seal(t testing.TB, h Header, payload string, s Signer) []byte {
	t.Helper()
	h.At = testTime
	b, err := Seal(h, []byte(payload), s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenGivesBackWhatWasSealed(t *testing.T) {
	k := testKey(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		h := Header{
			Kind: rapid.SampledFrom([]Kind{Submission, Withdrawal, Rectification, Item, Content, Pack}).Draw(t, "kind"),
			At:   time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, "at")).UTC(),
			Base: review.Hash(rapid.StringMatching(`[0-9a-f]{0,64}`).Draw(t, "base")),
		}
		payload := rapid.SliceOf(rapid.Byte()).Draw(t, "payload")
		if rapid.Bool().Draw(t, "repetitive") {
			payload = bytes.Repeat(payload, 50)
		}
		b, err := Seal(h, payload, k)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Open(b, trust(k))
		if err != nil {
			t.Fatalf("%v\n%q", err, b)
		}
		if !bytes.Equal(got.Payload, payload) || got.Hash != HashOf(b) || got.Sum != HashOf(payload) ||
			got.Kind != h.Kind || !got.At.Equal(h.At) || got.Base != h.Base || got.Key != k.KeyID() {
			t.Fatalf("Open = %+v, want %+v with %d bytes", got.Header, h, len(payload))
		}
		if again, err := Seal(h, payload, k); err != nil || !bytes.Equal(again, b) {
			t.Fatal("sealing twice makes two bundles")
		}
	})
}

// small are bundles of every sort whose every bit can be flipped.
func small(t testing.TB) map[string][]byte {
	k := testKey(t, 1)
	own, err := json.Marshal(map[string]any{"key": k.Public(), "suite": Ed25519, "name": "政务服务中心"})
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"plain":   seal(t, Header{Kind: Withdrawal, Unit: "340223"}, `{"by":"王芳"}`, k),
		"gzip":    seal(t, Header{Kind: Submission, Unit: "340223", Base: HashOf(nil)}, strings.Repeat(`{"by":"王芳"}`, 20), k),
		"pack":    seal(t, Header{Kind: Pack}, string(Packed([][]byte{seal(t, Header{Kind: Item}, "{}", k)})), k),
		"request": seal(t, Header{Kind: Request}, string(own), k),
		"empty":   seal(t, Header{Kind: Content}, "", k),
	}
}

// open opens whatever b is.
func open(b []byte, keys Keys) (*Bundle, error) {
	got, err := Open(b, keys)
	var not *UnsupportedError
	if errors.As(err, &not) && not.What == "kind" && bringsKey(Kind(not.Value)) {
		return OpenOwn(b, Kind(not.Value))
	}
	return got, err
}

func TestAnyFlippedBitIsNoticed(t *testing.T) {
	keys := trust(testKey(t, 1))
	for name, b := range small(t) {
		if _, err := open(b, keys); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i := range len(b) * 8 {
			bad := bytes.Clone(b)
			bad[i/8] ^= 1 << (i % 8)
			if got, err := open(bad, keys); err == nil {
				t.Errorf("%s: bit %d of byte %d flipped (%q became %q), and it opens as %+v", name, i%8, i/8, b[i/8], bad[i/8], got.Header)
			}
		}
		for n := range b {
			if _, err := open(b[:n], keys); err == nil {
				t.Errorf("%s: the first %d of %d bytes open", name, n, len(b))
			}
		}
		for _, more := range []string{"\n", "=", "\r\n", "x"} {
			if _, err := open(append(bytes.Clone(b), more...), keys); err == nil {
				t.Errorf("%s: opens with %q behind it", name, more)
			}
		}
		// A line break within base64 is nothing to most who read it.
		last := len(b) - 20
		if _, err := open(append(append(bytes.Clone(b[:last]), '\r'), b[last:]...), keys); err == nil {
			t.Errorf("%s: opens with a line break in its signature", name)
		}
	}
}

func TestAnyFlippedBitOfAnEncryptedBundleIsNoticed(t *testing.T) {
	id, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	k := testKey(t, 1)
	b := seal(t, Header{Kind: Submission, Unit: "340223"}, strings.Repeat(`{"by":"王芳"}`, 20), k)
	secret, err := Encrypt(b, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(secret, []byte("340223")) {
		t.Error("the header can be read")
	}
	if got, err := Decrypt(secret, id); err != nil || !bytes.Equal(got, b) {
		t.Fatalf("Decrypt: %v", err)
	}
	for i := range len(secret) * 8 {
		bad := bytes.Clone(secret)
		bad[i/8] ^= 1 << (i % 8)
		if got, err := Decrypt(bad, id); err == nil {
			if _, err = Open(got, trust(k)); err == nil {
				t.Errorf("bit %d of byte %d flipped, and it opens", i%8, i/8)
			}
		}
	}
	other, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decrypt(secret, other); !errors.Is(err, ErrNotForUs) {
		t.Errorf("another identity: %v, want ErrNotForUs", err)
	}
	if _, err := Open(secret, trust(k)); !errors.Is(err, ErrNotForUs) {
		t.Errorf("without decrypting: %v, want ErrNotForUs", err)
	}
	if same, err := ParseIdentity(id.String()); err != nil || same.Recipient() != id.Recipient() {
		t.Errorf("ParseIdentity: %v", err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	k, other := testKey(t, 1), testKey(t, 2)
	good := string(seal(t, Header{Kind: Withdrawal}, `{"by":"王芳"}`, k))
	change := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	newer := func(what, value string) *UnsupportedError { return &UnsupportedError{what, value, true} }
	for _, tt := range []struct {
		name, in string
		want     error
	}{
		{"empty", "", ErrNotBundle},
		{"workbook", "PK\x03\x04", ErrNotBundle},
		{"portal's page", "<!DOCTYPE html><html>", ErrNotBundle},
		{"next format", change("BUNDLE 1", "BUNDLE 2"), newer("format", "2")},
		{"format far ahead", change("BUNDLE 1", "BUNDLE 12"), newer("format", "12")},
		{"format before the first", change("BUNDLE 1", "BUNDLE 0"), &UnsupportedError{"format", "0", false}},
		{"format in other digits", change("BUNDLE 1", "BUNDLE 01"), &UnsupportedError{"format", "01", false}},
		{"no format", change("BUNDLE 1", "BUNDLE x"), ErrDamaged},
		{"later suite", change(`"ed25519"`, `"sm2-sm3"`), newer("suite", "sm2-sm3")},
		{"later kind", change(`"withdrawal"`, `"appeal"`), newer("kind", "appeal")},
		{"later encoding", change(`"size"`, `"encoding":"zstd","size"`), newer("encoding", "zstd")},
		{"header that never ends", "MULUTONG BUNDLE 1\n" + strings.Repeat(" ", MaxHeader+1) + "\n{}", ErrDamaged},
		{"header of another type", "MULUTONG BUNDLE 1\n[]\n\n\n", ErrDamaged},
		{"payload said to be huge", change(`"size":15`, `"size":99999999999`), ErrTooLarge},
		{"said to be of less than nothing", change(`"size":15`, `"size":-15`), ErrSignature},
		{"file too large", good + strings.Repeat("x", MaxFile), ErrTooLarge},
		{"signed by a stranger", string(seal(t, Header{Kind: Withdrawal}, "{}", other)), errUnknownKey},
		{"a stranger's signature under our name", strings.Replace(string(seal(t, Header{Kind: Withdrawal}, "{}", other)), other.KeyID(), k.KeyID(), 1), ErrSignature},
		{"other payload", change("王芳", "王苧"), ErrSignature},
		{"request among others", string(small(t)["request"]), &UnsupportedError{"kind", "request", false}},
	} {
		_, err := Open([]byte(tt.in), trust(k))
		var not, want *UnsupportedError
		if errors.As(tt.want, &want) {
			if !errors.As(err, &not) || *not != *want {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		} else if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := Open([]byte(good), trust(k)); err != nil {
		t.Error(err)
	}
}

func TestARequestIsSignedByTheKeyItHolds(t *testing.T) {
	k, thief := testKey(t, 1), testKey(t, 2)
	own := func(key []byte, suite string) string {
		b, err := json.Marshal(map[string]any{"key": key, "suite": suite})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	b := seal(t, Header{Kind: Request}, own(k.Public(), Ed25519), k)
	got, err := OpenOwn(b, Request)
	if err != nil || got.Key != k.KeyID() {
		t.Fatalf("OpenOwn = %+v, %v", got, err)
	}
	if _, err := OpenOwn(b, Certificate); err == nil {
		t.Error("a request passes for a certificate")
	}
	stolen := seal(t, Header{Kind: Request}, own(k.Public(), Ed25519), thief)
	if _, err := OpenOwn(stolen, Request); !errors.Is(err, ErrSignature) {
		t.Errorf("another's key: %v, want ErrSignature", err)
	}
	two := seal(t, Header{Kind: Request}, own(k.Public(), "sm2"), k)
	if _, err := OpenOwn(two, Request); !errors.Is(err, ErrDamaged) {
		t.Errorf("two suites: %v, want ErrDamaged", err)
	}
	if _, err := OpenOwn(seal(t, Header{Kind: Withdrawal}, own(k.Public(), Ed25519), k), Withdrawal); err == nil {
		t.Error("a withdrawal brings its own key")
	}
}

// forged is a bundle whose payload is as given, whatever the header says of it.
func forged(t testing.TB, k *Key, h Header, payload []byte) []byte {
	t.Helper()
	h.Suite, h.Key = k.Suite(), k.KeyID()
	head, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	b := fmt.Appendf(nil, "%s1\n%s\n%s\n", magic, head, payload)
	sig, err := k.Sign(b)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Appendf(b, "%s\n", base64.StdEncoding.EncodeToString(sig))
}

func bomb(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zero := make([]byte, 1<<20)
	for range size >> 20 {
		if _, err := w.Write(zero); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestABombTakesNoMoreThanItsHeaderSays(t *testing.T) {
	k := testKey(t, 1)
	packed := bomb(t, 128<<20) // a thousandth of it
	for _, kind := range []Kind{Submission, Request} {
		b := forged(t, k, Header{Kind: kind, Encoding: "gzip", Size: 1 << 10}, packed)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := open(b, trust(k))
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", kind, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
			t.Errorf("%s: a bomb of %d bytes took %d", kind, len(b), took)
		}
	}
}

func TestSealKeepsTheLimitsThatOpenKeeps(t *testing.T) {
	k := testKey(t, 1)
	if _, err := Seal(Header{Kind: Submission}, make([]byte, MaxSize+1), k); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a payload too long: %v", err)
	}
	noise := make([]byte, MaxFile)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	if _, err := Seal(Header{Kind: Submission}, noise, k); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file too long: %v", err)
	}
	if _, err := Seal(Header{Kind: Pack}, noise, k); err != nil {
		t.Errorf("a pack may be longer: %v", err)
	}
	if _, err := Seal(Header{Kind: Item, Base: review.Hash(strings.Repeat("x", MaxHeader))}, nil, k); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a header too long: %v", err)
	}
	if _, err := Seal(Header{Kind: "other"}, nil, k); err == nil {
		t.Error("an unknown kind is sealed")
	}
}

func TestAPackGivesBackItsBundles(t *testing.T) {
	k := testKey(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.SliceOf(rapid.Byte())).Draw(t, "bundles")
		b, err := Seal(Header{Kind: Pack}, Packed(want), k)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Open(b, trust(k))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Unpacked(p)
		if err != nil || len(got) != len(want) {
			t.Fatalf("Unpacked: %d bundles of %d, %v", len(got), len(want), err)
		}
		for i := range want {
			if !bytes.Equal(got[i], want[i]) {
				t.Fatalf("bundle %d is %q, want %q", i, got[i], want[i])
			}
		}
	})
	inner := seal(t, Header{Kind: Pack}, "", k)
	for name, payload := range map[string][]byte{
		"a pack in a pack": Packed([][]byte{inner}),
		"breaks off":       []byte("10\nabc"),
		"no length":        []byte("abc"),
		"less than none":   []byte("-1\nabc"),
		"another spelling": []byte("03\nabc"),
	} {
		if got, err := Unpacked(&Bundle{Header: Header{Kind: Pack}, Payload: payload}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %q, %v, want ErrDamaged", name, got, err)
		}
	}
	if _, err := Unpacked(&Bundle{Header: Header{Kind: Pack}, Payload: bytes.Repeat([]byte("0\n"), maxPacked+1)}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too many: %v", err)
	}
}

func TestReadTakesNoMoreThanABundleHas(t *testing.T) {
	n := 0
	endless := readerFunc(func(p []byte) (int, error) { n += len(p); return len(p), nil })
	if _, err := Read(endless); !errors.Is(err, ErrTooLarge) || n > 2*maxEncrypted {
		t.Errorf("Read took %d bytes: %v", n, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestAKeySurvivesItsFile(t *testing.T) {
	k := testKey(t, 1)
	got, err := ParseKey(k.Marshal())
	if err != nil || !reflect.DeepEqual(got, k) {
		t.Fatalf("ParseKey = %v, %v", got, err)
	}
	sig, err := got.Sign([]byte("challenge"))
	if err != nil || Verify(Ed25519, k.Public(), []byte("challenge"), sig) != nil {
		t.Error("its signature does not hold")
	}
	if Verify(Ed25519, k.Public(), []byte("other"), sig) == nil || Verify("sm2", k.Public(), []byte("challenge"), sig) == nil ||
		Verify(Ed25519, []byte("short"), []byte("challenge"), sig) == nil {
		t.Error("a signature holds that should not")
	}
	if _, err := ParseKey([]byte("nothing")); !errors.Is(err, ErrNoKey) {
		t.Errorf("ParseKey of nothing: %v", err)
	}
}

// TestFormat1StillOpens holds files that were once written. They never change;
// -update is for adding to them.
func TestFormat1StillOpens(t *testing.T) {
	k := testKey(t, 1)
	dir := filepath.Join("testdata", "format1")
	for name, b := range small(t) {
		path := filepath.Join(dir, name+".bundle")
		if *update {
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := open(old, trust(k))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		now, err := open(b, trust(k))
		if err != nil {
			t.Fatal(err)
		}
		// gzip may pack otherwise one day; what is in it is the same.
		got.Hash, now.Hash = "", ""
		if !reflect.DeepEqual(got, now) {
			t.Errorf("%s holds %+v, want %+v", path, got, now)
		}
	}

	identity, err := os.ReadFile(filepath.Join(dir, "encrypted.identity"))
	if err != nil {
		t.Fatal(err)
	}
	id, err := ParseIdentity(strings.TrimSpace(string(identity)))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := os.ReadFile(filepath.Join(dir, "encrypted.bundle"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := Decrypt(secret, id)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Open(plain, trust(k)); err != nil || string(got.Payload) != `{"by":"王芳"}` {
		t.Errorf("encrypted: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	for _, b := range small(f) {
		f.Add(b)
	}
	k := testKey(f, 1)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := open(b, trust(k))
		if err == nil && HashOf(got.Payload) != got.Sum {
			t.Errorf("%q opens as something else", b)
		}
	})
}

// FuzzSigned gets behind the signature: whoever holds a key may write anything.
func FuzzSigned(f *testing.F) {
	f.Add(`{"kind":"submission","encoding":"gzip","size":3}`, []byte("\x1f\x8b"), false)
	f.Add(`{"kind":"pack","size":5}`, []byte("3\nabc"), true)
	f.Add(`{"kind":"request","size":2}`, []byte(`{"key":""}`), true)
	k := testKey(f, 1)
	f.Fuzz(func(t *testing.T, head string, payload []byte, right bool) {
		var h Header
		if json.Unmarshal([]byte(head), &h) != nil {
			return
		}
		if right {
			h.Size, h.Sum, h.Encoding = int64(len(payload)), HashOf(payload), ""
		}
		got, err := open(forged(t, k, h, payload), trust(k))
		if err != nil {
			return
		}
		if got.Kind == Pack {
			ms, err := Unpacked(got)
			if err == nil && !bytes.Equal(Packed(ms), got.Payload) {
				t.Errorf("unpacking %q and packing it again makes another pack", got.Payload)
			}
		}
	})
}

func FuzzDecrypt(f *testing.F) {
	id, err := NewIdentity()
	if err != nil {
		f.Fatal(err)
	}
	b, err := Encrypt([]byte("bundle"), id.Recipient())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := Decrypt(b, id); err == nil && len(got) > len(b) {
			t.Errorf("%d bytes became %d", len(b), len(got))
		}
	})
}
