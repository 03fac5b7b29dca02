// Package api answers programs: every list and act of the forum over HTTP and
// JSON, as one typed operation each, described by the OpenAPI document that it
// serves. A bearer token acts as its person; cookies are not taken.
package api
