package httpapi

import (
	"context"
	"net/http"

	"github.com/bangwo/bangwo/internal/assist/exposure"
)

// Exposures tells which services were put up for which goals, and why at their rank.
type Exposures interface {
	List(ctx context.Context, q exposure.Query) (exposure.Page, error)
}

const defaultExposures = 50

type exposuresInput struct {
	Turn    string `query:"turn" maxLength:"128" doc:"Those of one turn, by goal and rank; left out, the newest turns come first"`
	Service string `query:"service" maxLength:"64" doc:"Those of one service"`
	After   string `query:"after" maxLength:"256" doc:"The cursor that the page before ended with"`
	Limit   int    `query:"limit" minimum:"0" maximum:"200"`
}

func (s *Server) exposureRoutes() {
	forOperator(s, http.MethodGet, "/operator/exposures", "exposures", "Which services were put up for which goals, at which rank and why",
		func(ctx context.Context, in *exposuresInput) (exposure.Page, error) {
			if in.Limit == 0 {
				in.Limit = defaultExposures
			}
			return s.Exposures.List(ctx, exposure.Query{Turn: in.Turn, Service: in.Service, After: in.After, Limit: in.Limit})
		})
}
