// Package client takes a unit's catalogs to the review service and brings back
// what is said about them, over a line that may break at any byte or through
// files on a stick.
//
// What Submit returns for is on disk, and reaches the service once, however often
// it has to be sent: across restarts, lost answers, a stranger's page in place of
// an answer, and a service that was restored from an older backup. Nothing that
// was typed is lost to what arrives: a catalog that another machine of the unit
// submitted is merged into the draft field by field, and where both changed the
// same thing both are kept until somebody settles it. Nothing depends on the
// clock of this machine being right.
package client
