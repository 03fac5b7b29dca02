package store

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
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
	return &shapedConn{Conn: conn.(*stdlib.Conn), prepares: s.prepares}, nil
}

// shapedConn is a connection to PostgreSQL whose driver keeps statements by their text, which is made their shape.
type shapedConn struct {
	*stdlib.Conn
	prepares bool
	last     pgx.Batch // what goes with the commit
}

// withCommit has statements that give no rows go to PostgreSQL together with the commit of their transaction, which saves a journey
// for each while others wait for what it holds. Nothing reads what they change before, and the commit fails with them.
func withCommit(ctx context.Context) context.Context { return context.WithValue(ctx, last{}, true) }

type last struct{}

// ExecContext runs a statement that gives no rows.
func (c *shapedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	shape, values, shaped := c.shape(query, args)
	if shaped && ctx.Value(last{}) != nil {
		c.last.Queue(shape, plainly(values)...)
		return driver.ResultNoRows, nil
	}
	return c.Conn.ExecContext(ctx, shape, values)
}

// QueryContext runs a statement that gives rows.
func (c *shapedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	shape, values, _ := c.shape(query, args)
	return c.Conn.QueryContext(ctx, shape, values)
}

// shape is a query as it is prepared, else one with the word that it is not to be.
func (c *shapedConn) shape(query string, args []driver.NamedValue) (shape string, values []driver.NamedValue, shaped bool) {
	if len(args) > 0 {
		return query, args, false
	}
	if c.prepares {
		if shape, values := shapeOf(query, nil, numberedPlace); shape != "" {
			return shape, values, true
		}
	}
	return query, []driver.NamedValue{{Ordinal: 1, Value: pgx.QueryExecModeExec}}, false
}

func plainly(values []driver.NamedValue) []any {
	plain := make([]any, len(values))
	for i, value := range values {
		plain[i] = value.Value
	}
	return plain
}

// BeginTx begins a transaction.
func (c *shapedConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	c.last = pgx.Batch{}
	return shapedTx{tx, c, ctx}, nil
}

// shapedTx is a transaction that takes statements along with its commit.
type shapedTx struct {
	driver.Tx
	conn *shapedConn
	ctx  context.Context // of database/sql, which commits and rolls back in it
}

// Commit keeps the transaction, after its last statements.
func (t shapedTx) Commit() error {
	batch := &t.conn.last
	if batch.Len() == 0 {
		return t.Tx.Commit()
	}
	batch.Queue("commit").Exec(func(done pgconn.CommandTag) error {
		if done.String() == "ROLLBACK" {
			return pgx.ErrTxCommitRollback
		}
		return nil
	})
	err := t.conn.Conn.Conn().SendBatch(t.ctx, batch).Close()
	if err != nil {
		_ = t.Tx.Rollback() // what failed is told
	}
	return err
}
