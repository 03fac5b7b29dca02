package main

type explainCommands struct {
	Decision explainDecisionCommand `cmd:"" help:"Print how a decision came about, step by step, and what became of it."`
	Ballot   explainBallotCommand   `cmd:"" help:"Print how the result of a ballot came about, step by step, from the stored votes."`
}
