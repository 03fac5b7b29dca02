package mail_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/templates"
)

// TestEveryLetterSaysWhoSeesAReply looks at every letter in every language: answers to comments come into the thread, and
// everything else is the secretaries'. A kind of message without a letter here fails.
func TestEveryLetterSaysWhoSeesAReply(t *testing.T) {
	threads := []forum.MessageKind{forum.CommentMessage, forum.CommentReceiptMessage}
	keys := []forum.MessageKind{forum.KeysAskedMessage, forum.KeysReceiptMessage}
	unseen := kindsIn(t, "../message.go")
	for _, l := range letters() {
		unseen = slices.DeleteFunc(unseen, func(k forum.MessageKind) bool { return k == l.kind })
		for _, language := range languages {
			d, err := (&mail.Outbox{URL: url}).Write(l.message(language))
			if err != nil {
				t.Fatalf("%s: %v", l.name, err)
			}
			who := "secretaries"
			switch {
			case slices.Contains(threads, l.kind):
				who = "thread"
			case slices.Contains(keys, l.kind):
				who = "keys"
			case d.Method == "REQUEST":
				who = "invited"
			}
			want := templates.In(templates.Language(language)).T("mail.replies."+who, "Forum", d.Forum)
			if !strings.HasPrefix(d.Letter.Footer, want) || strings.Count(d.Letter.Footer, want) != 1 {
				t.Errorf("%s/%s: %q, want %q first", l.name, language, d.Letter.Footer, want)
			}
		}
	}
	if len(unseen) > 0 {
		t.Errorf("no letter of the kinds %v", unseen)
	}
}

// kindsIn are the kinds of message that a file of the rules names.
func kindsIn(t *testing.T, file string) (kinds []forum.MessageKind) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is {
			return true
		}
		if of, named := spec.Type.(*ast.Ident); named && of.Name == "MessageKind" {
			kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, forum.MessageKind(kind))
		}
		return true
	})
	if len(kinds) == 0 {
		t.Fatal("the rules name no kinds")
	}
	return kinds
}
