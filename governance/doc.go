// Package governance holds what a council decides: motions, votes, results and
// what follows from them. It holds rules and acts, on the forum's spine, and
// knows neither its doors nor its stores.
package governance
