package governance

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	pages "github.com/samraad/samraad/templates/forum"
)

// OverviewAddress is the leaders' page.
const OverviewAddress = "/overview"

// DecisionAddress is a decision's page, or an act on it.
func DecisionAddress(id governance.DecisionID, parts ...string) string {
	return path("decisions", int64(id), parts)
}

// FollowUpAddress is an act on a follow-up.
func FollowUpAddress(id governance.FollowUpID, parts ...string) string {
	return path("follow-ups", int64(id), parts)
}

// FollowUpPlace is where a follow-up stands on the page of its decision, or one of its
// forms there.
func FollowUpPlace(decision governance.DecisionID, id governance.FollowUpID, form string) string {
	place := DecisionAddress(decision) + "#follow-up-" + strconv.FormatInt(int64(id), 10)
	if form != "" {
		place += "-" + form
	}
	return place
}

// TimelineAddress is the timeline of a matter.
func TimelineAddress(id forum.MatterID) string { return pages.MatterAddress(id, "timeline") }

// OverviewOf is the leaders' page as a filter narrows it, or an export of it, to be shared.
func OverviewOf(f governance.OverviewFilter, export string) string {
	asked := url.Values{}
	number := func(name string, of int64) {
		if of != 0 {
			asked.Set(name, strconv.FormatInt(of, 10))
		}
	}
	number("forum", int64(f.Forum))
	number("organisation", int64(f.Organisation))
	number("year", int64(f.Year))
	if f.Level != "" {
		asked.Set("level", string(f.Level))
	}
	if f.Look != "" {
		asked.Set("look", string(f.Look))
	}
	at := OverviewAddress
	if export != "" {
		at += "/" + export
	}
	if len(asked) > 0 {
		at += "?" + asked.Encode()
	}
	return at
}

// path names a thing of a kind, or what stands below it.
func path(kind string, id int64, parts []string) string {
	return "/" + strings.Join(append([]string{kind, strconv.FormatInt(id, 10)}, parts...), "/")
}
