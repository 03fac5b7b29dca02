// Package store keeps the forum in SQLite or PostgreSQL, with the jobs of its
// acts in the same transaction. Rows are the domain's own structs, laid onto
// columns by bun; the tables come from migrations that know no struct.
package store
