package mail

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadHeader(t *testing.T) {
	fields, body, ok := readHeader([]byte("\r\nFrom: a@b.example\r\nSubject : Eit\r\n  langt\r\nemne\r\nX-\x80: nei\r\n:\r\nTo: c@d.example\n\nTekst: her\n"))
	want := header{{"from", "a@b.example"}, {"subject", "Eit langt emne X-\x80: nei :"}, {"to", "c@d.example"}}
	if diff := cmp.Diff(want, fields, cmp.AllowUnexported(field{})); diff != "" || !ok || string(body) != "Tekst: her\n" {
		t.Errorf("ok %v, body %q (-want +got):\n%s", ok, body, diff)
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		body     string
		want     []Address
		isStrict bool
	}{
		{"Helsesjef <Helsesjef@Kvam.kommune.example>", []Address{{"Helsesjef", "helsesjef@kvam.kommune.example"}}, true},
		{"=?utf-8?Q?Samarbeidsr=C3=A5det?= <a@b.example>, c@d.example", []Address{{"Samarbeidsrådet", "a@b.example"}, {"", "c@d.example"}}, true},
		{"a@b.example (Mail System)", []Address{{"Mail System", "a@b.example"}}, true},
		{"Sjef, Helse <a@b.example>", []Address{{"", "a@b.example"}}, false},
		{"\xd8yvor <a@b.example>", []Address{{"Øyvor", "a@b.example"}}, true},
		{"ingen", nil, false},
	}
	for _, test := range tests {
		got, isStrict := header{{"to", test.body}}.addresses("to")
		if diff := cmp.Diff(test.want, got); diff != "" || isStrict != test.isStrict {
			t.Errorf("%q: strict %v (-want +got):\n%s", test.body, isStrict, diff)
		}
	}
}

func TestDecodeWords(t *testing.T) {
	for body, want := range map[string]string{
		"M\xf8te":                     "Møte",
		"Møte":                        "Møte",
		"=?iso-8859-1?q?M=F8te_=96?=": "Møte –",
		"=?UTF-8?B?TcO4dGU=?= =?utf-8?q?_i_dag?=": "Møte i dag",
		"=?utf-8?Q?M=C3?=\t=?UTF-8?Q?=B8te?= nå":  "Møte nå",
		"=?utf-8?B?TcM?= =?utf-8?B?uHRl?=":        "Møte",
		"=?UTF8?Q?Re:_M=C3=B8te?=":                "Re: Møte",
		"=?utf-8*nn?Q?M=C3=B8te?=":                "Møte",
		"=?x-ukjend?Q?M=F8te?=":                   "Møte",
		"=?iso-8859-1?Q?M=C3=B8te?=":              "Møte",
		"=?utf-8?B?***?= a":                       "=?utf-8?B?***?= a",
		"a =?utf-8?Q?b?= c":                       "a b c",
		"=?utf-8?Q?a=00b?=":                       "ab",
	} {
		if got := decodeWords(body); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
