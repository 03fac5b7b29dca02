package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/policies"
)

type policyCommands struct {
	Check policyCheckCommand `cmd:"" help:"Prove over the whole policy that exchanging the levels changes nothing."`
}

type policyCheckCommand struct{}

// Run proves the policy, prints how many cases that took and every asymmetry,
// and the exceptions that mandates in the database state.
func (policyCheckCommand) Run(ctx context.Context, s *Settings, io streams) error {
	policy, err := s.readPolicy()
	if err != nil {
		return err
	}
	say := s.text()
	proof := policy.Prove()
	fmt.Fprintln(io.out, say.T("cli.policy.cases", "Cases", proof.Cases, "Version", policy.Version()[:12]))
	failed := false
	for _, a := range proof.Asymmetries {
		failed = true
		fmt.Fprintln(io.out, say.T("cli.policy.asymmetry", "Capacity", a.Capacity, "Action", a.Action, "Object", a.Object, "May", a.May, "MayNot", a.MayNot))
	}
	for _, word := range unknownWords(policy) {
		failed = true
		fmt.Fprintln(io.out, say.T("cli.policy.unknown", "Given", word))
	}
	if err := printExceptions(ctx, s, io.out); err != nil {
		return err
	}
	if failed {
		return silentError{}
	}
	fmt.Fprintln(io.out, say.T("cli.policy.equal"))
	return nil
}

// unknownWords are those of a policy that no act asks for and no seat has: a
// slip of the pen that would grant nothing.
func unknownWords(policy *policies.Table) []string {
	var actions, objects, capacities, unknown []string
	for _, right := range slices.Concat(forum.Rights, governance.DecisionRights) {
		actions, objects = append(actions, right.Action), append(objects, right.Object)
	}
	for _, c := range append(slices.Clone(forum.SeatCapacities), forum.ObserverSpeak, forum.ObserverPropose, forum.KeyHolder) {
		capacities = append(capacities, string(c))
	}
	for _, pair := range []struct{ given, known []string }{
		{policy.Actions(), actions}, {policy.Objects(), objects}, {policy.Capacities(), capacities},
	} {
		for _, word := range pair.given {
			if !slices.Contains(pair.known, word) {
				unknown = append(unknown, word)
			}
		}
	}
	return unknown
}

// printExceptions prints what mandates state against the policy; without a
// database there are none, and of one that cannot be read it says so.
func printExceptions(ctx context.Context, s *Settings, out io.Writer) error {
	if path, ok := strings.CutPrefix(s.DB, "sqlite:"); ok {
		if _, err := os.Stat(path); err != nil {
			return nil
		}
	}
	parts, err := (&Settings{DB: s.DB, Var: s.Var, clock: s.clock, log: s.log}).openReady(ctx)
	if forum.IsKind(err, forum.Unavailable) {
		fmt.Fprintln(out, s.text().T("cli.policy.unread", "Reason", s.text().Error(err)))
		return nil
	}
	if err != nil {
		return err
	}
	defer parts.close()
	found, err := exceptions(ctx, parts.db)
	for _, e := range found {
		key := "cli.policy.exception_denies"
		if e.Allow {
			key = "cli.policy.exception_allows"
		}
		fmt.Fprintln(out, s.text().T(key, "Forum", e.in, "Capacity", string(e.Capacity), "Level", string(e.Level),
			"Action", e.Right.Action, "Object", e.Right.Object, "Reason", e.Reason))
	}
	return err
}
