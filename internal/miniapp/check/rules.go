package check

import "github.com/bangwo/bangwo/internal/miniapp"

// Rule is one rule of the validator.
type Rule struct {
	ID      string
	Level   Level
	Dialect string // miniapp.WX or miniapp.MY; "" for both
	What    string
	Mend    string
	run     func(*checker)
}

// Rules lists every rule, in order of id.
func Rules() []Rule {
	return append([]Rule(nil), append(rules[:len(rules):len(rules)], problemRule)...)
}

// problemRule passes on what the loader could not read.
var problemRule = Rule{ID: "B001", Level: Warning, What: "everything in the package can be read", Mend: "mend the file"}

var rules = append(append(wxRules, myRules...), ownRules...)

var wxRules = []Rule{
	{"V001", Error, miniapp.WX, "skill code does not depend on the main package: no getApp(), no @/ imports, relative imports stay in the subpackage and out of sibling skills", "copy what is needed into the subpackage; share between skills in a folder such as _shared", isolation},
	{"V002", Error, miniapp.WX, "each api of mcp.json is an async function in its own file", "declare it async", asyncHandlers},
	{"V003", Error, miniapp.WX, "card templates use view, text, image, map, button, canvas, scroll-view, block and template only; no open-type; scroll-view scrolls sideways", "replace the tag or attribute", cardTags},
	{"V005", Error, miniapp.WX, "card styles use supported properties only", "remove the declaration", cardDeclarations},
	{"V006", Error, miniapp.WX, "card selectors are class, id, tag and descendant selectors", "give the element a class of its own", cardSelectors},
	{"V007", Error, miniapp.WX, "mcp.json and registerAPI in index.js name the same apis", "name it in both places", registration},
	{"V008", Error, miniapp.WX, "every ./apis/… that index.js requires exists", "create the file or correct the path", requiredFiles},
	{"V009", Error, miniapp.WX, "structuredContent and outputSchema have the same fields", "declare the field in outputSchema, or return it", outputs},
	{"V010", Error, miniapp.WX, "cards read only fields that their api returns", "return the field, or do not read it", cardReads},
	{"V011", Error, miniapp.WX, "what a card's template binds is declared in data, properties or setData", "declare the field in data, or correct the binding", cardBindings},
	{"V012", Error, miniapp.WX, "a componentPath has the form components/<name>/index and all four files", "correct the path or add the files", cardFiles},
	{"V013", Error, miniapp.WX, "mcp.json without outputSchema has at most 24000 characters", "shorten descriptions, or split the skill", mcpSize},
	{"V014", Error, miniapp.WX, "SKILL.md exists, its name in capitals", "create or rename it", skillText},
	{"V016", Error, miniapp.WX, "each entry of agent.skills has a description", "describe the skill in app.json", skillDescriptions},
	{"V017", Error, miniapp.WX, "pagePath starts with /, has no query and names a page of the app; its handler returns a handoff", "give a page of app.json, such as /pages/detail/detail", pagePaths},
	{"V018", Error, miniapp.WX, "the page reads every key of handoff.query", "use the names that the page's onLoad reads", handoffKeys},
}

var ownRules = []Rule{
	{"B002", Error, "", "the package declares at least one skill", "declare it in app.json: agent.skills", anySkill},
	{"B003", Warning, "", "every script can be parsed", "mend the syntax, or keep generated code out of the skill", parsed},
	{"B004", Warning, "", "sizes: at most 30 skills, AGENTS.md 10000 bytes, SKILL.md 16000, page-meta.json 8000, 2 MB a subpackage", "shorten it", sizes},
	{"B005", Warning, "", "lazyCodeLoading is requiredComponents and the skill lies in an independent subpackage", "set it in app.json", placement},
	{"B006", Warning, "", "input schemas describe their fields and list only required fields that exist", "correct the schema", inputSchemas},
	{"B007", Warning, "", "api names are camelCase and unique in the package", "rename the api", apiNames},
	{"B008", Warning, miniapp.WX, "atomic apis and static cards call no host interface that is closed to them", "move it to a dynamic card's tap handler, or to the handoff page", wxHost},
	{"B009", Warning, "", "package files are standard JSON", "remove comments, trailing commas and the byte-order mark", standardJSON},
}
