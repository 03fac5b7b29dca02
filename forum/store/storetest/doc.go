// Package storetest is the contract of a forum's store as tests, and the
// databases that tests run on.
package storetest
