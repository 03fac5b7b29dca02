package mail

import "testing"

func TestHTMLText(t *testing.T) {
	tests := []struct{ name, markup, want string }{
		{"lines", "<div>Ein</div><div>To<br>Tre</div>", "Ein\nTo\nTre"},
		{"paragraphs", "<p>Ein</p>\n<p>To</p>", "Ein\n\nTo"},
		{"Word", `<html xmlns:o="urn:schemas-microsoft-com:office:office"><p class=MsoNormal>Ein</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>To</p>`, "Ein\n\nTo"},
		{"spaces", "<p>  Ein\n <b>to</b>,\n<i>tre</i> </p>", "Ein to, tre"},
		{"entities", "<p>Voss &amp; Kvam &lt;3 &aring;r</p>", "Voss & Kvam <3 år"},
		{"quotes", "<div>Svar<blockquote>Spm<blockquote>Eldre</blockquote></blockquote>Meir</div>", "Svar\n> Spm\n>> Eldre\nMeir"},
		{"links", `<a href="https://voss.example/a">her</a> <a href="https://voss.example">voss.example</a> <a href="javascript:x">nei</a>`, "her<https://voss.example/a> voss.example nei"},
		{"hidden", "<style>p{}</style><script>x<p></script><title>t</title><p>Synleg</p>", "Synleg"},
		{"lists", "<ul><li>ein</li><li>to</li></ul>", "* ein\n* to"},
		{"tables", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"preformatted", "<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"},
		{"text between tags", "<html><body>Ein\nTo</body></html>", "Ein\nTo"},
		{"not closed", "<div><p>Ein<div", "Ein"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := htmlText(test.markup); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestUnflow(t *testing.T) {
	for _, test := range []struct {
		text, want string
		delSp      bool
	}{
		{"Ein \nto \ntre\nfire", "Ein to tre\nfire", false},
		{"Ein \nto", "Einto", true},
		{"> Ein \n> to\nSvar \nher", "> Ein to\nSvar her", false},
		{"Ein \n> to", "Ein \n> to", false},
		{"Ein\n-- \nHelsesjef", "Ein\n-- \nHelsesjef", false},
		{" From here", "From here", false},
	} {
		if got := unflow(test.text, test.delSp); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}
