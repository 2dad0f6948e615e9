package understand

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// instructs tells that words only say how something should be handed over: 放门口, "leave it at the door".
func instructs(s string) bool {
	return handing.MatchString(strings.Trim(lexicon.Fold(s), " ,.。!！"))
}

var handing = regexp.MustCompile(`^(?:请|麻烦|记得|帮我|到了?|送到后?|直接)*(?:(?:放|搁|挂|存|留)(?:在|到|至)?\s?(?:我|我们|公司|我家|楼下|小区|单元)?(?:的|楼下)?(?:家?门口|门外|前台|门卫|保安室?|物业|快递柜|丰巢|驿站|门把手?|楼下|大堂|传达室|门岗|收发室)\S{0,6}|(?:到了?|来之?前|送之?前|上门前)?(?:先|提前|记得|请)*(?:打(?:个)?电话|联系我|发(?:个)?(?:短信|消息|信息)|给我打电话|电话联系)\S{0,6}|(?:不要|别|勿)(?:按门铃|敲门|打电话)\S{0,4}|(?:轻拿轻放|小心轻放|易碎\S{0,4}|尽量早点?送?|晚点送))$|^(?:please |and |just )*(?:leave|drop|put|place)(?: it| them| the [a-z]+)?(?: off)? (?:at|by|with|in|outside|on) (?:the |my )?(?:front |main |back )?(?:door|doorstep|reception|front desk|desk|concierge|lobby|gate|porch|mailbox|locker|security|guard|neighbou?r)\b.{0,20}$|^(?:please |and )*(?:call|text|ring|phone|message)(?: me)? (?:when|before|on arrival|once|upon|first).{0,40}$|^(?:please |and )*(?:do not|don't|no need to) (?:ring|knock|call|use).{0,30}$|^(?:please )?(?:handle with care|fragile|knock (?:twice|softly|loudly|first)).{0,20}$`)

// forOther tells that the words want something for somebody else.
const forOther = `(?:给|帮|替|为|带|陪)(?:我|咱|俺)?(?:家|们)?(?:的)?(?:他|她|RELATIVE)|我(?:家|们家)?(?:的)?(?:RELATIVE)|^(?:RELATIVE)|\b(?:for|of) (?:my|our|the|his|her) (?:[a-z-]+ )?(?:RELATIVE)\b|\b(?:my|our) (?:RELATIVE)\b`

// otherPerson tells that somebody else than the person is meant by the words.
func (b *builder) otherPerson() bool {
	titled := slices.ContainsFunc(b.goal.told, func(f fact) bool { return f.kind == factTitle })
	return titled || otherForm().MatchString(lexicon.Fold(b.goal.said))
}

var otherForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(forOther, "RELATIVE", strings.Trim(anyForm("relative"), "()?:")))
})

// ownWords tells that an input takes a description in the person's own words.
var ownWords = regexp.MustCompile(`用户原话|用户的?描述|故障|症状|病情|问题描述|own words|\bproblem\b|\bsymptoms?\b|\bcomplaint\b|what is wrong`)

var (
	bringing = regexp.MustCompile(`^(?:请|麻烦|帮我|直接|都)*(?:送|寄|带|拿|送货|配送)(?:到|去|回|至|往|来)?\s?(?:我们?)?(?:的)?\p{Han}{0,4}?(?:公司|单位|办公室|家里|家)(?:里|来|去|吧)?$|^(?:please |and )*(?:deliver(?:ed)?|send|bring|ship)(?: it| them)?(?: to)? (?:my |the |our )?(?:home|house|office|work|place)$`)
	unwanted = regexp.MustCompile(`^(?:但是?|记得|请)?\s?(?:不要|别放|不放|不加|别加|少放|多放|不吃)\S{1,6}$`)
)

// saysHow tells that a piece only says how or where what was wanted should be handed over, or what should not be in it.
func saysHow(s string) bool {
	s = strings.Trim(lexicon.Fold(s), " ,.!。！")
	return bringing.MatchString(s) || unwanted.MatchString(s) && !errand(s) || instructs(s)
}

// takesNotes tells that some input of the service is a note to the merchant.
func (b *builder) takesNotes() bool {
	takes := false
	b.eachInput(func(p catalog.Property) {
		takes = takes || p.Schema.Is("string") && roleOf(p.Name, p.Schema, false) == roleNote
	})
	return takes
}

// handOver takes words that only say how something should be handed over: for the note, or to be told that there is none.
func (b *builder) handOver(text string) bool {
	s := strings.Trim(lexicon.Fold(text), " ,.!。！")
	switch {
	case !instructs(s):
		return false
	case b.takesNotes():
		b.remarks = append(b.remarks, s)
	default:
		b.unheard = append(b.unheard, s)
	}
	return true
}
