package catalog

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// Servers that are generated from an OpenAPI document name their tools by method and path: post_api_v1_orders_id_pay.

// routeVerbs are what the methods of HTTP do to what their path names.
var routeVerbs = map[string]string{"get": "get", "post": "create", "put": "update", "patch": "update", "delete": "cancel"}

var (
	routeName = regexp.MustCompile(`^(get|post|put|patch|delete) (?:(?:public|rest|open) )?(?:api(?: v\d+)?|v\d+)((?: \S+)+)$`)
	routeLine = regexp.MustCompile(`^(?:GET|POST|PUT|PATCH|DELETE) /\S*\s*(?:[-—–:：|]+\s*)?`)
)

// NameWords opens a capability's name into lower-case words that begin with what it does: createOrder is "create order",
// post_api_v1_orders "create orders", post_api_v1_orders_id_pay "pay orders id".
func NameWords(name string) string {
	s := strings.ToLower(lexicon.Opened(name))
	m := routeName.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	path := strings.Fields(m[2])
	last := path[len(path)-1]
	if acts := bindVerbs[last] || payVerbs[last] || undoVerbs[last] || readVerbs[last] || makeVerbs[last]; acts && len(path) > 1 && last != "order" {
		return strings.Join(append([]string{last}, path[:len(path)-1]...), " ")
	}
	return strings.Join(append([]string{routeVerbs[m[1]]}, path...), " ")
}

// WithoutRoute is a description without the method and path that a generator wrote in front of it.
func WithoutRoute(description string) string {
	if rest := routeLine.ReplaceAllString(description, ""); rest != "" {
		return rest
	}
	return description
}
