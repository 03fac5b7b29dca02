package apitest

import (
	"bytes"
	"mime"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/samraad/samraad/forum/api"
)

// Contract is the API's document as it is served.
type Contract struct {
	raw        any
	compiler   *jsonschema.Compiler
	operations map[string]Operation
	schemas    map[string]*jsonschema.Schema // compiled so far, by where they stand
}

// Operation is one of the document.
type Operation struct {
	Method, Path string
	pattern      *regexp.Regexp // of Path
	pointer      string
	responses    map[string]any
}

const documentAddress = "https://samraad.example/openapi.json"

var parameters = regexp.MustCompile(`\\\{\w+\\\}`)

// Read asks for the document.
func Read(c *Client) *Contract {
	c.Helper()
	raw, err := jsonschema.UnmarshalJSON(bytes.NewReader(c.document()))
	check(c.T, err)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	check(c.T, compiler.AddResource(documentAddress, raw))
	read := &Contract{raw, compiler, map[string]Operation{}, map[string]*jsonschema.Schema{}}
	for path, item := range raw.(map[string]any)["paths"].(map[string]any) {
		pattern := regexp.MustCompile("^" + parameters.ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`) + "$")
		for method, op := range item.(map[string]any) {
			fields := op.(map[string]any)
			pointer := "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path) + "/" + method
			read.operations[fields["operationId"].(string)] = Operation{strings.ToUpper(method), path, pattern, pointer, fields["responses"].(map[string]any)}
		}
	}
	return read
}

func (c *Client) document() []byte {
	c.Helper()
	return c.Send("GET", api.Prefix+"/openapi.json", nil).Body
}

// Operations are the document's, by their names.
func (c *Contract) Operations() map[string]Operation { return c.operations }

// of is the operation that a call reaches; what is spelt out goes before what is
// a parameter.
func (c *Contract) of(method, path string) (reached Operation, found bool) {
	path, _, _ = strings.Cut(path, "?")
	for _, op := range c.operations {
		if op.Method == method && op.pattern.MatchString(path) && (!found || strings.Count(op.Path, "{") < strings.Count(reached.Path, "{")) {
			reached, found = op, true
		}
	}
	return reached, found
}

// holds tells whether an answer is one that the document describes.
func (c *Contract) holds(t *testing.T, method, path string, a Answer) {
	t.Helper()
	op, found := c.of(method, path)
	if !found {
		t.Errorf("the document has no %s %s", method, path)
		return
	}
	response, listed := op.responses[strconv.Itoa(a.Status)]
	if !listed {
		t.Errorf("%s %s: the document lists no %d", op.Method, op.Path, a.Status)
		return
	}
	pointer := op.pointer + "/responses/" + strconv.Itoa(a.Status)
	if ref, is := response.(map[string]any)["$ref"].(string); is {
		pointer = strings.TrimPrefix(ref, "#")
	}
	mediaType, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if len(a.Body) == 0 || !strings.HasSuffix(mediaType, "json") {
		return
	}
	schema, err := c.schema(pointer + "/content/" + strings.ReplaceAll(mediaType, "/", "~1") + "/schema")
	if err != nil {
		t.Errorf("%s %s: %v", op.Method, op.Path, err)
		return
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Body))
	check(t, err)
	if err := schema.Validate(body); err != nil {
		t.Errorf("%s %s: %v\n%s", op.Method, op.Path, err, a.Body)
	}
}

func (c *Contract) schema(pointer string) (*jsonschema.Schema, error) {
	if known := c.schemas[pointer]; known != nil {
		return known, nil
	}
	compiled, err := c.compiler.Compile(documentAddress + "#" + pointer)
	if err == nil {
		c.schemas[pointer] = compiled
	}
	return compiled, err
}
