package store

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// mostPrepared is how many statements a connection keeps; each takes some kilobytes.
const mostPrepared = 150

// openPrepared opens SQLite with connections that keep what they have prepared. bun writes values into the text of its queries,
// so that no two are alike, and to parse and plan each anew would take a fifth of the time of reading a mail.
//
// settled, if there is one, hears of everything that the connections change.
func openPrepared(address string, settled *settled) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(address)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(preparer{connector, settled}), nil
}

// preparer makes connections that keep their statements.
type preparer struct {
	driver.Connector
	settled *settled
}

func (p preparer) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if p.settled != nil {
		p.settled.forget()
	}
	return &preparedConn{sqliteConn: conn.(sqliteConn), prepared: map[string]*preparedStmt{}, settled: p.settled}, nil
}

// sqliteConn is what database/sql uses of SQLite's driver.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// preparedConn is a connection that keeps statements by their shape. database/sql has one goroutine use it at a time.
type preparedConn struct {
	sqliteConn
	prepared map[string]*preparedStmt
	settled  *settled // nil for connections that change nothing
}

// preparedStmt is a statement that was prepared; in use while its rows are read.
type preparedStmt struct {
	sqliteStmt
	inUse bool
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// BeginTx begins a transaction.
func (c *preparedConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.sqliteConn.BeginTx(ctx, options)
	if err != nil || c.settled == nil {
		return tx, err
	}
	return settledTx{tx, c.settled}, nil
}

// tell lets know what is about to be run, by its shape where it has one: values change no table.
func (c *preparedConn) tell(query, shape string) {
	switch {
	case c.settled == nil:
	case shape != "":
		c.settled.runs(shape)
	default:
		c.settled.runs(query)
	}
}

// ExecContext runs a statement that gives no rows.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	shape, values := shapeOf(query, args, nextPlace)
	c.tell(query, shape)
	stmt, err := c.prepare(ctx, shape)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return stmt.ExecContext(ctx, values)
}

// QueryContext runs a statement that gives rows, and keeps it for itself until they are closed.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	shape, values := shapeOf(query, args, nextPlace)
	c.tell(query, shape)
	stmt, err := c.prepare(ctx, shape)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := stmt.QueryContext(ctx, values)
	if err != nil {
		return nil, err
	}
	stmt.inUse = true
	return &preparedRows{rows.(sqliteRows), stmt}, nil
}

// prepare gives the statement of a shape, nil when there is no shape or its statement is in use.
func (c *preparedConn) prepare(ctx context.Context, shape string) (*preparedStmt, error) {
	if shape == "" {
		return nil, nil
	}
	if stmt, kept := c.prepared[shape]; kept {
		if stmt.inUse {
			return nil, nil
		}
		return stmt, nil
	}
	made, err := c.PrepareContext(ctx, shape)
	if err != nil {
		return nil, err
	}
	if err := c.makeRoom(); err != nil {
		return nil, err
	}
	stmt := &preparedStmt{sqliteStmt: made.(sqliteStmt)}
	c.prepared[shape] = stmt
	return stmt, nil
}

// makeRoom gives up any statement, in the order of maps, which is none: what is used much soon comes back.
func (c *preparedConn) makeRoom() error {
	for shape, stmt := range c.prepared {
		if len(c.prepared) < mostPrepared {
			break
		}
		if stmt.inUse {
			continue
		}
		delete(c.prepared, shape)
		if err := stmt.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the connection and its statements.
func (c *preparedConn) Close() error {
	for _, stmt := range c.prepared {
		_ = stmt.Close() // what its last run failed with was told then
	}
	clear(c.prepared)
	return c.sqliteConn.Close()
}

// preparedRows are rows that give their statement back.
type preparedRows struct {
	sqliteRows
	of *preparedStmt
}

type sqliteRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

// Close ends the reading.
func (r *preparedRows) Close() error {
	err := r.sqliteRows.Close()
	r.of.inUse = false
	return err
}
