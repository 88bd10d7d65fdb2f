// Package server is the review service over HTTP: every route of wire.Routes,
// and nothing else, answered by review.Office; and who may come in: accounts
// with passwords, devices with keys, and the sessions of both.
//
// It promises that no route is open unless its row says so, and that what a
// person may do is asked anew at every request: a session ends at once with its
// account or device. Wrong passwords lock a name out, and tell nobody whether
// there is an account of that name. Requests come from strangers: their size,
// their number, the time they take and the memory they hold are bounded, and who
// meets a bound is told when to come again. A request that fails by a fault of
// ours is one request's failure. Neither log nor metrics hold passwords, tokens,
// texts of reviews or whole addresses.
package server
