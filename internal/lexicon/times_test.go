package lexicon_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

var china = time.FixedZone("", 8*3600)

// tuesday is the now of these tests: Tuesday 24 November 2026, ten in the morning.
var tuesday = time.Date(2026, 11, 24, 10, 0, 0, 0, china)

// saying is a sentence, the time in it, and exactly the words that say it.
type saying struct {
	text, at, said string
}

const day, hour = "2006-01-02", "2006-01-02 15:04"

func checkTimes(t *testing.T, cases []saying) {
	t.Helper()
	for _, c := range cases {
		m, ok := lexicon.FindTime(c.text, tuesday)
		layout := hour
		if len(c.at) == len(day) {
			layout = day
		}
		if got := m.At.Format(layout); !ok || got != c.at || m.Text != c.said {
			t.Errorf("%s: %v %s %q, want %s %q", c.text, ok, got, m.Text, c.at, c.said)
		}
		if len(c.at) == len(day) == m.HasTime {
			t.Errorf("%s: HasTime is %v", c.text, m.HasTime)
		}
	}
}

func TestDaysInChinese(t *testing.T) {
	checkTimes(t, []saying{
		{"下周三帮我订酒店", "2026-12-02", "下周三"}, {"周三见", "2026-11-25", "周三"}, {"周一送到", "2026-11-30", "周一"},
		{"这周五吃饭", "2026-11-27", "这周五"}, {"下下周一", "2026-12-07", "下下周一"}, {"礼拜天去", "2026-11-29", "礼拜天"},
		{"这周末去杭州", "2026-11-28", "这周末"}, {"周末的票", "2026-11-28", "周末"}, {"下周末", "2026-12-05", "下周末"},
		{"本月底前", "2026-11-30", "本月底前"}, {"月底交房租", "2026-11-30", "月底"}, {"下月初", "2026-12-01", "下月初"}, {"年底", "2026-12-31", "年底"},
		{"后天送", "2026-11-26", "后天"}, {"大后天的机票", "2026-11-27", "大后天"}, {"11月28号", "2026-11-28", "11月28号"},
		{"十一月二十八日", "2026-11-28", "十一月二十八日"}, {"二十八号到", "2026-11-28", "二十八号"}, {"3号的票", "2026-12-03", "3号"},
		{"1月3号", "2027-01-03", "1月3号"}, {"明年三月五号", "2027-03-05", "明年三月五号"}, {"2026年12月1日", "2026-12-01", "2026年12月1日"},
		{"28/11", "2026-11-28", "28/11"}, {"12月1日(周二)", "2026-12-01", "12月1日(周二"}, {"圣诞节订位", "2026-12-25", "圣诞节"}, {"三天后", "2026-11-27", "三天后"},
		{"两周以后", "2026-12-08", "两周以后"}, {"下个月5号", "2026-12-05", "下个月5号"},
	})
}

func TestDaysInEnglish(t *testing.T) {
	checkTimes(t, []saying{
		{"book it for Nov 28", "2026-11-28", "nov 28"}, {"next Friday please", "2026-12-04", "next friday"}, {"on Wednesday", "2026-11-25", "on wednesday"},
		{"the day after tomorrow", "2026-11-26", "the day after tomorrow"}, {"this weekend", "2026-11-28", "this weekend"},
		{"in two weeks", "2026-12-08", "in two weeks"}, {"by the end of the month", "2026-11-30", "by the end of the month"}, {"month end", "2026-11-30", "month end"},
		{"28th of November", "2026-11-28", "28th of november"}, {"on the 28th", "2026-11-28", "on the 28th"}, {"28/11", "2026-11-28", "28/11"},
		{"december 1st, 2026", "2026-12-01", "december 1st, 2026"}, {"friday next week", "2026-12-04", "friday next week"}, {"some day in the next working week", "2026-11-30", "the next working week"}, {"monday", "2026-11-30", "monday"},
		{"deliver it tomorrow", "2026-11-25", "tomorrow"}, {"january third", "2027-01-03", "january third"}, {"on christmas eve", "2026-12-24", "on christmas eve"},
		{"2026-11-28", "2026-11-28", "2026-11-28"}, {"three days from now", "2026-11-27", "three days from now"},
	})
}

func TestHours(t *testing.T) {
	checkTimes(t, []saying{
		{"下午三点半取", "2026-11-24 15:30", "下午三点半"}, {"三点一刻", "2026-11-24 15:15", "三点一刻"}, {"差五分八点", "2026-11-24 19:55", "差五分八点"},
		{"晚上8点左右到", "2026-11-24 20:00", "晚上8点左右"}, {"三点十分", "2026-11-24 15:10", "三点十分"}, {"18:30", "2026-11-24 18:30", "18:30"},
		{"今晚八点", "2026-11-24 20:00", "今晚八点"}, {"明早7点半", "2026-11-25 07:30", "明早7点半"}, {"明天三点", "2026-11-25 15:00", "明天三点"},
		{"凌晨两点的飞机", "2026-11-25 02:00", "凌晨两点"}, {"今晚12点", "2026-11-25 00:00", "今晚12点"}, {"中午一点", "2026-11-24 13:00", "中午一点"},
		{"八点前送到", "2026-11-24 20:00", "八点前"}, {"十一点五十", "2026-11-24 11:50", "十一点五十"}, {"8点05", "2026-11-24 20:05", "8点05"},
		{"下午三点一杯拿铁", "2026-11-24 15:00", "下午三点"}, {"三点十杯奶茶", "2026-11-24 15:00", "三点"}, {"20点30分", "2026-11-24 20:30", "20点30分"},
		{"周五六点半两个人", "2026-11-27 18:30", "周五六点半"}, {"预约下周二上午十点的理发", "2026-12-01 10:00", "下周二上午十点"}, {"约三点到", "2026-11-24 15:00", "约三点"},
		{"at 6", "2026-11-24 18:00", "at 6"}, {"order coffee at 6 for pickup", "2026-11-24 18:00", "at 6"}, {"7pm", "2026-11-24 19:00", "7pm"}, {"half past six", "2026-11-24 18:30", "half past six"},
		{"at quarter to nine", "2026-11-24 20:45", "at quarter to nine"}, {"noon", "2026-11-24 12:00", "noon"}, {"by 11:30 am", "2026-11-24 11:30", "by 11:30 am"},
		{"tomorrow at 8", "2026-11-25 08:00", "tomorrow at 8"}, {"tomorrow morning at 7", "2026-11-25 07:00", "tomorrow morning at 7"},
		{"seven thirty pm tomorrow", "2026-11-25 19:30", "seven thirty pm tomorrow"}, {"next friday at 8pm", "2026-12-04 20:00", "next friday at 8pm"},
		{"around 7 tonight", "2026-11-24 19:00", "around 7 tonight"}, {"tuesday at 9am", "2026-12-01 09:00", "tuesday at 9am"}, {"at 8.30pm today", "2026-11-24 20:30", "at 8.30pm today"},
	})
}

func TestDistances(t *testing.T) {
	checkTimes(t, []saying{
		{"in 20 minutes", "2026-11-24 10:20", "in 20 minutes"}, {"半小时后", "2026-11-24 10:30", "半小时后"}, {"两个半小时以后", "2026-11-24 12:30", "两个半小时以后"},
		{"过20分钟来接我", "2026-11-24 10:20", "过20分钟"}, {"一刻钟后", "2026-11-24 10:15", "一刻钟后"}, {"in an hour and a half", "2026-11-24 11:30", "in an hour and a half"},
		{"三天后下午三点", "2026-11-27 15:00", "三天后下午三点"}, {"in two days at 5pm", "2026-11-26 17:00", "in two days at 5pm"}, {"an hour from now", "2026-11-24 11:00", "an hour from now"},
	})
}

func TestPartsOfTheDay(t *testing.T) {
	for _, c := range []struct{ text, at, part, said string }{
		{"明天上午送花", "2026-11-25 09:00", "morning", "明天上午"}, {"今晚吃火锅", "2026-11-24 20:00", "night", "今晚"}, {"周五晚", "2026-11-27 20:00", "night", "周五晚"},
		{"tonight", "2026-11-24 20:00", "night", "tonight"}, {"tomorrow morning", "2026-11-25 09:00", "morning", "tomorrow morning"},
		{"in the afternoon", "2026-11-24 15:00", "afternoon", "in the afternoon"}, {"on friday evening", "2026-11-27 19:00", "evening", "on friday evening"},
	} {
		m, ok := lexicon.FindTime(c.text, tuesday)
		if got := m.At.Format(hour); !ok || got != c.at || m.Part != c.part || m.Text != c.said || m.HasTime {
			t.Errorf("%s: %v %s %s %q HasTime %v, want %s %s %q", c.text, ok, got, m.Part, m.Text, m.HasTime, c.at, c.part, c.said)
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct{ text, from, to, said string }{
		{"三点到五点", "2026-11-24 15:00", "2026-11-24 17:00", "三点到五点"}, {"between 3 and 5", "2026-11-24 15:00", "2026-11-24 17:00", "between 3 and 5"},
		{"9-11am", "2026-11-25 09:00", "2026-11-25 11:00", "9-11am"}, {"周一到周三", "2026-11-30", "2026-12-02", "周一到周三"}, {"周一至五", "2026-11-30", "2026-12-04", "周一至五"},
		{"from Monday to Wednesday", "2026-11-30", "2026-12-02", "from monday to wednesday"}, {"下午3-5点送", "2026-11-24 15:00", "2026-11-24 17:00", "下午3-5点"},
		{"今晚8点到明天早上6点", "2026-11-24 20:00", "2026-11-25 06:00", "今晚8点到明天早上6点"}, {"5 to 6pm", "2026-11-24 17:00", "2026-11-24 18:00", "5 to 6pm"},
		{"3 nights from December 1", "2026-12-01", "2026-12-04", "3 nights from december 1"}, {"明天下午3点到5点之间上门", "2026-11-25 15:00", "2026-11-25 17:00", "明天下午3点到5点之间"},
		{"12月1号到5号住两晚", "2026-12-01", "2026-12-05", "12月1号到5号"}, {"dec 1 to 5", "2026-12-01", "2026-12-05", "dec 1 to 5"}, {"this weekend", "2026-11-28", "2026-11-29", "this weekend"},
		{"从明天下午两点到四点", "2026-11-25 14:00", "2026-11-25 16:00", "从明天下午两点到四点"}, {"下周", "2026-11-30", "2026-12-06", "下周"},
		{"tomorrow between 8am and 2pm", "2026-11-25 08:00", "2026-11-25 14:00", "tomorrow between 8am and 2pm"}, {"30分钟内送到", "2026-11-24 10:00", "2026-11-24 10:30", "30分钟内"},
		{"from 9 to 5 tomorrow", "2026-11-25 09:00", "2026-11-25 17:00", "from 9 to 5 tomorrow"}, {"11月30日-12月2日", "2026-11-30", "2026-12-02", "11月30日-12月2日"},
	} {
		all := lexicon.FindTimes(c.text, tuesday)
		r, ok := first(slices.DeleteFunc(all, func(m lexicon.Moment) bool { return m.Until.IsZero() }))
		layout := hour
		if len(c.from) == len(day) {
			layout = day
		}
		if from, to := r.At.Format(layout), r.Until.Format(layout); !ok || from != c.from || to != c.to || r.Text != c.said {
			t.Errorf("%s: %v %s – %s %q, want %s – %s %q", c.text, ok, from, to, r.Text, c.from, c.to, c.said)
		}
	}
}

func TestWhatIsNoTime(t *testing.T) {
	for _, text := range []string{
		"三明治", "张三", "七分糖", "五分甜", "百事可乐", "二锅头", "快一点", "甜一点", "早一点送", "便宜一点", "一点点糖", "来两杯拿铁", "三块五", "我们三个人点餐", "下午茶", "早餐", "晚饭",
		"3号线", "中关村大街1号院2号楼301", "no. 5 bus", "room 302", "5G套餐", "7-Up", "a 24-hour pharmacy", "13812345678", "138-1234-5678", "at 7 stores", "between 3 and 5 people", "24/7",
		"1/2 cup of milk", "may I have a latte", "he sat in the sun", "2-3 cups", "good morning", "最近的店", "3.5星", "三点五公里", "5 of them", "192.168.1.2", "三里屯", "打8点5折", "等我10分钟", "it may rain", "去5号航站楼", "at 100 Main Street", "五一广场", "五号店", "一日游", "3 nights", "两个小时", "周年庆", "second cup", "for 4 people", "the third one", "march on", "10块", "八折", "日料", "前台", "后面",
	} {
		if m, ok := lexicon.FindTime(text, tuesday); ok {
			t.Errorf("%s: found the time %q (%s)", text, m.Text, m.At)
		}
	}
}

func TestSoonIsNoTimeToPlanFor(t *testing.T) {
	for text, said := range map[string]string{"一会儿来接我": "一会儿", "马上叫车": "马上", "asap please": "asap", "order it right now": "right now", "尽快": "尽快"} {
		if m, ok := lexicon.FindTime(text, tuesday); ok {
			t.Errorf("%s: is planned for %s", text, m.At)
		}
		all := lexicon.FindTimes(text, tuesday)
		if len(all) != 1 || !all[0].Soon || all[0].Text != said {
			t.Errorf("%s: %+v, want soon as %q", text, all, said)
		}
	}
}

func TestTwoTimesInOneSentence(t *testing.T) {
	all := lexicon.FindTimes("三点接我去机场，五点半送花到公司", tuesday)
	if len(all) != 2 || all[0].At.Format("15:04") != "15:00" || all[1].At.Format("15:04") != "17:30" {
		t.Errorf("%+v", all)
	}
}

func TestADayAndAnHourApartAreOneMoment(t *testing.T) {
	for text, want := range map[string]string{"tomorrow get me three lattes at 3 pm": "2026-11-25 15:00", "明天帮我订下午三点的位子": "2026-11-25 15:00", "pick me up at 7 and drive me home tomorrow": "2026-11-25 07:00"} {
		m, ok := lexicon.FindTime(text, tuesday)
		if got := m.At.Format(hour); !ok || got != want || len(m.Also) != 1 || !m.HasDate || !m.HasTime {
			t.Errorf("%s: %s %+v, want %s", text, got, m, want)
		}
		if strings.Contains(m.Text, "latte") {
			t.Errorf("%s: the time swallows the order: %q", text, m.Text)
		}
	}
}

func TestDurations(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Duration
		said string
	}{
		{"两个半小时", 150 * time.Minute, "两个半小时"}, {"住一个半小时", 90 * time.Minute, "一个半小时"}, {"an hour and a half", 90 * time.Minute, "an hour and a half"}, {"半天", 12 * time.Hour, "半天"},
		{"for 3 nights", 72 * time.Hour, "3 nights"}, {"三天两夜", 72 * time.Hour, "三天两夜"}, {"90 min massage", 90 * time.Minute, "90 min"}, {"半小时", 30 * time.Minute, "半小时"},
		{"half an hour", 30 * time.Minute, "half an hour"}, {"两周", 14 * 24 * time.Hour, "两周"}, {"半个月", 15 * 24 * time.Hour, "半个月"}, {"一小时二十分钟", 80 * time.Minute, "一小时二十分钟"}, {"2.5 hours", 150 * time.Minute, "2.5 hours"},
		{"a couple of days", 48 * time.Hour, "a couple of days"}, {"一刻钟", 15 * time.Minute, "一刻钟"},
	} {
		d, ok := first(lexicon.Durations(c.text))
		if !ok || d.Total() != c.want || d.Text != c.said {
			t.Errorf("%s: %v %v %q, want %v %q", c.text, ok, d.Total(), d.Text, c.want, c.said)
		}
	}
	for _, text := range []string{"三月", "2018年", "第三天", "五分糖", "一点", "周三", "今年", "a second latte", "三年级"} {
		if d, ok := first(lexicon.Durations(text)); ok {
			t.Errorf("%s: found the length %q", text, d.Text)
		}
	}
	if d, _ := first(lexicon.Durations("住三晚")); d.Nights != 3 {
		t.Errorf("三晚: %+v", d)
	}
}

// TestSpansAhead tries lengths that begin now, with the word for it before the number or behind, and weeks of five days.
func TestSpansAhead(t *testing.T) {
	for text, until := range map[string]string{"in the next 3 weeks": "2026-12-15", "in the 3 next weeks": "2026-12-15", "the two upcoming months": "2027-01-24", "next workweek": "2026-12-04", "next week": "2026-12-06"} {
		ms := lexicon.FindTimes(text, tuesday)
		if len(ms) != 1 || ms[0].Until.Format(day) != until {
			t.Errorf("%s: %+v, want one that ends on %s", text, ms, until)
		}
	}
	if ms := lexicon.FindTimes("3 weeks", tuesday); len(ms) > 0 {
		t.Errorf("a bare length is no time: %+v", ms)
	}
}

func TestASpanWithItsVerb(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{"周日上午9点学到11点": "09:00-11:00", "明晚八点唱到十点": "20:00-22:00", "下午两点开到四点的会": "14:00-16:00"} {
		m, ok := lexicon.FindTime(text, now)
		if got := m.At.Format("15:04") + "-" + m.Until.Format("15:04"); !ok || got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if m, _ := lexicon.FindTime("明晚八点打到公司", now); !m.Until.IsZero() {
		t.Errorf("a span to the office: %+v", m)
	}
}
