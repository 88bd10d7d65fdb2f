// Package bundle makes and opens the signed files in which submissions, answers
// and everything that comes back travel: the same bytes over a line and on a USB
// stick.
//
// What Open returns was sealed by the holder of the key that its header names,
// down to the last bit; anything else is an error. Bytes come from strangers:
// reading them never panics and takes memory within the limits of the kind. A
// format, suite, kind or encoding that this program does not know is an
// *UnsupportedError that says so, not a broken file.
//
// # The file
//
//	MULUTONG BUNDLE 1
//	{"kind":"submission","suite":"ed25519","key":"…","at":"…","encoding":"gzip","size":…,"sum":"…"}
//	payload
//	signature
//
// The first number is that of the format. The header is one line of JSON of at
// most MaxHeader bytes; who reads it ignores keys that it does not know. The
// payload is whatever the encoding makes of it; size and sum (SHA-256) are those
// of what it was before. The signature, in base64 on the last line, is of every
// byte before that line. A bundle's Hash is the SHA-256 of the whole file. To be
// read by one service only, the file as a whole is encrypted by age.
//
// # Suites
//
// The suite is named in the header, so that others can follow Ed25519. Signing by
// SM2 with SM3 (国密) takes a Suite whose Verify is SM2's with its usual user id, a
// Signer of the same name, and their place in suites; neither format nor callers
// change. Hashes stay SHA-256: they name things and are no part of the suite.
package bundle
