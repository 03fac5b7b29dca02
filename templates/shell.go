package templates

// Addresses that the layout itself points at.
const (
	HomeAddress     = "/"
	LanguageAddress = "/language" // POST language=nn|nb|en, back=<path of the page>
	DemoAddress     = "/demo"     // choose a role to step into
)

// Shell is what surrounds a page.
type Shell struct {
	Text   Text
	Title  string       // of the page; the product's name is added
	Path   string       // of the page, where choosing a language comes back to
	Person *PersonBadge // who is signed in, nil for nobody
	Nav    []NavItem
	Crumbs []Link // the way here from the top; the last is this page and needs no address
	Flash  *Flash // what the last act did
	Demo   bool   // made-up people: anybody may step into a role
}

// PersonBadge tells who is signed in, for whom, and where their own page is.
type PersonBadge struct {
	Name         string
	Role         string
	Organisation string
	Level        Level
	URL          string // "" for no page
}

// NavItem is one entry of the main navigation.
type NavItem struct {
	Label   string
	URL     string
	Count   int // what waits there; 0 shows nothing
	Current bool
}

// Flash is a message about what was just done.
type Flash struct {
	Tone Tone
	Text string
}

// Level is the side that an organisation belongs to.
type Level string

// The levels. The first two are shown with marks and colours of the same weight.
const (
	Municipal  Level = "municipal"
	Specialist Level = "specialist"
	Advisory   Level = "advisory"
)

// Tone is the colour that says how a message or a tag is meant; its words say it too.
type Tone string

// The tones, named as the design system names its colours.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Success Tone = "success"
	Warning Tone = "warning"
	Danger  Tone = "danger"
)

// Variant is how much a button weighs.
type Variant string

// The variants: at most one Primary on a page.
const (
	Primary   Variant = "primary"
	Secondary Variant = "secondary"
	Tertiary  Variant = "tertiary"
)
