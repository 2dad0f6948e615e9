package catalog

// Standing is what came of a service that was put up for a goal.
type Standing string

// The standings.
const (
	StandingChosen  Standing = "chosen"  // the goal is carried out there
	StandingOffered Standing = "offered" // shown to the person as a choice
	StandingUnable  Standing = "unable"  // it fitted best, and then could not do what was asked
	StandingPassed  Standing = "passed"  // it fitted, and others were before it
)

// Chooser is who or what made a service the chosen one.
type Chooser string

// The choosers.
const (
	ChosenByFit     Chooser = "fit"     // the first in rank
	ChosenByPerson  Chooser = "person"  // their answer to which one is meant
	ChosenByModel   Chooser = "model"   // a language model read the sentence so
	ChosenByEarlier Chooser = "earlier" // the sentence goes on with what was had there before
)

// Exposure is that a service was put up for a goal: at which rank among all that fit, by what, and what came of it. How the
// service is reached is no part of it, because it is no part of the rank.
type Exposure struct {
	Goal     string   `json:"goal"`
	Words    string   `json:"words" doc:"The goal's, as the person said them"`
	Service  string   `json:"service"`
	Skill    string   `json:"skill,omitempty" doc:"Of a package with several"`
	Rank     int      `json:"rank" doc:"1 for the one that fits best; 0 for one that was not ranked"`
	Of       int      `json:"of" doc:"How many services fit"`
	Fit      Fit      `json:"fit"`
	Standing Standing `json:"standing" enum:"chosen,offered,unable,passed"`
	By       Chooser  `json:"by,omitempty" enum:"fit,person,model,earlier"`
}

// Fit is how well the words of a goal fit a service, and by what. Services are ranked by Score.
type Fit struct {
	Score  float64  `json:"score" doc:"What services are ranked by: points, and more of them the more of the words are known"`
	Points float64  `json:"points" doc:"What the words count that the service knows, by how telling they are"`
	Cover  float64  `json:"cover" doc:"The share of the telling words that the service knows"`
	Trade  float64  `json:"trade" doc:"How much of the trade that the words tell is the service's"`
	Sure   float64  `json:"sure" doc:"How surely the words tell a trade"`
	By     []string `json:"by,omitempty" doc:"The words and concepts that the service knows"`
}
