// Package governance is the pages and parts of pages that show what is governed.
package governance
