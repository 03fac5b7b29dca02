// Package api lets programs reach what is governed, as operations of the forum's API.
package api

import "github.com/samraad/samraad/forum/api"

// Operations describe what programs can ask for, subject by subject.
var Operations = []func(*api.API){
	votes, escalations, ladders, minutes, ratifications, rooms, decisions, duties,
}
