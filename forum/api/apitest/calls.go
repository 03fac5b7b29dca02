package apitest

import "fmt"

// Call is a valid call of an operation, by a path below the API's.
type Call struct {
	By, Method, Path, Body string
	Headers                []string // names and values in turn
}

// Do makes a call, and gives what it was answered.
func (c *Client) Do(call Call) Answer {
	c.Helper()
	return c.As(call.By, call.Method, call.Path, call.Body, call.Headers...)
}

// Done makes a call that has to succeed.
func (c *Client) Done(call Call) Answer {
	c.Helper()
	return c.Made(call.By, call.Method, call.Path, call.Body, call.Headers...)
}

// Get reads.
func (c *Client) Get(by, format string, args ...any) Call {
	return Call{By: by, Method: "GET", Path: fmt.Sprintf(format, args...)}
}

// Post makes something.
func (c *Client) Post(by, body, format string, args ...any) Call {
	return Call{By: by, Method: "POST", Path: fmt.Sprintf(format, args...), Body: body}
}

// Tagged is a change of what is read at a path.
func (c *Client) Tagged(by, method, path, of, body string) Call {
	c.Helper()
	return Call{By: by, Method: method, Path: path, Body: body, Headers: []string{"If-Match", c.Tag(by, of)}}
}

// Press is a change below the path of its thing.
func (c *Client) Press(by, act, body, format string, args ...any) Call {
	c.Helper()
	path := fmt.Sprintf(format, args...)
	return c.Tagged(by, "POST", path+"/"+act, path, body)
}

// Put sets what is of a thing, below its path.
func (c *Client) Put(by, act, body, format string, args ...any) Call {
	c.Helper()
	path := fmt.Sprintf(format, args...)
	return c.Tagged(by, "PUT", path+act, path, body)
}

// Drop takes a thing away.
func (c *Client) Drop(by, format string, args ...any) Call {
	c.Helper()
	path := fmt.Sprintf(format, args...)
	return c.Tagged(by, "DELETE", path, path, "")
}
