// Package wire holds what clients and the review service say to each other: the
// paths and who may walk them, the messages as JSON, the codes of errors with
// their statuses, and the limits both sides keep.
//
// Every route of the service is one row of Routes, and the OpenAPI document is
// made from those rows, so that none of the three can say something else. A
// reader ignores keys it does not know: a message may gain keys, and never
// changes what one means. What could not be read that way gets another Prefix.
package wire
