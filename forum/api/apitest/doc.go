// Package apitest holds the tests that the API passes, whichever house describes
// its operations: each act has one, each answers as the document says, and the
// document says everything.
package apitest
