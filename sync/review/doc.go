// Package review holds what a submitted catalog goes through: submission, the
// county's check, the joint review of city office and department, return by
// field, approval, publication and recall; and the assessments of a quarter.
//
// It promises that a return reopens exactly what it names and nothing else; that
// a submission received twice counts once; that nobody does what the table of
// roles does not allow; and that every change is recorded with who, when and
// what was before. It imports only the standard library and the catalog, asks
// its Store for everything that lasts, and takes the time from its caller.
package review
