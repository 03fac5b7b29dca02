// Package webtest holds the tests that every route passes, whichever house mounts
// it: what an answer tells the browser, from where a change may be asked for, and
// how much it may bring.
package webtest
