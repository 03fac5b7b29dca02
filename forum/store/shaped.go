package store

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// openShaped opens database/sql on PostgreSQL's pool, whose connections keep what they have prepared. bun writes values into the
// text of its queries, so that no two are alike, and to parse and plan each anew takes PostgreSQL longer than to run it.
//
// An address that says default_query_exec_mode=exec, for a pool of connections that stands between, prepares nothing.
func openShaped(pool *pgxpool.Pool) *sql.DB {
	mode := pool.Config().ConnConfig.DefaultQueryExecMode
	db := sql.OpenDB(shaping{stdlib.GetPoolConnector(pool), mode != pgx.QueryExecModeExec && mode != pgx.QueryExecModeSimpleProtocol})
	db.SetMaxIdleConns(0) // the pool keeps them
	return db
}

// shaping makes connections that prepare queries by their shape.
type shaping struct {
	driver.Connector
	prepares bool
}

func (s shaping) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := s.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &shapedConn{conn.(*stdlib.Conn), s.prepares}, nil
}

// shapedConn is a connection to PostgreSQL whose driver keeps statements by their text, which is made their shape.
type shapedConn struct {
	*stdlib.Conn
	prepares bool
}

// ExecContext runs a statement that gives no rows.
func (c *shapedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	query, args = c.shaped(query, args)
	return c.Conn.ExecContext(ctx, query, args)
}

// QueryContext runs a statement that gives rows.
func (c *shapedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	query, args = c.shaped(query, args)
	return c.Conn.QueryContext(ctx, query, args)
}

// shaped is a query as it is prepared, or told not to be.
func (c *shapedConn) shaped(query string, args []driver.NamedValue) (string, []driver.NamedValue) {
	if len(args) > 0 {
		return query, args
	}
	if c.prepares {
		if shape, values := shapeOf(query, nil, numberedPlace); shape != "" {
			return shape, values
		}
	}
	return query, []driver.NamedValue{{Ordinal: 1, Value: pgx.QueryExecModeExec}}
}
