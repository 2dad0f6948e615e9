package lexicon_test

import (
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

func TestFindTime(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("", 8*3600)) // a Monday
	for text, want := range map[string]string{
		"明天下午三点": "2026-11-24 15:00", "后天上午十点半": "2026-11-25 10:30", "下周五晚上八点": "2026-12-04 20:00",
		"半小时后": "2026-11-23 10:30", "今晚8点": "2026-11-23 20:00", "这周六早上7点一刻": "2026-11-28 07:15",
		"两个小时以后": "2026-11-23 12:00", "tomorrow at 3 pm": "2026-11-24 15:00", "next friday at 8pm": "2026-12-04 20:00",
		"tonight at 8": "2026-11-23 20:00", "in half an hour": "2026-11-23 10:30", "in two hours": "2026-11-23 12:00",
		"大后天中午12点": "2026-11-26 12:00",
	} {
		m, ok := lexicon.FindTime(text, now)
		if got := m.At.Format("2006-01-02 15:04"); !ok || got != want {
			t.Errorf("%s: %v %s, want %s", text, ok, got, want)
		}
	}
	if m, ok := lexicon.FindTime("三杯拿铁", now); ok {
		t.Errorf("found a time in a coffee order: %+v", m)
	}
	if m, ok := lexicon.FindTime("12月25号", now); !ok || m.At.Format("01-02") != "12-25" {
		t.Errorf("12月25号: %+v", m)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{"三杯低糖拿铁": 3, "three lattes": 3, "两百五十克": 250, "半打啤酒": 6, "two dozen roses": 24, "一打玫瑰": 12, "十二支": 12, "a couple of bagels": 2, "twenty five": 25, "25": 25} {
		ns := lexicon.Numbers(text)
		if len(ns) == 0 || ns[0].Value != want {
			t.Errorf("%s: %+v, want %v", text, ns, want)
		}
	}
}

func TestLikeness(t *testing.T) {
	if l := lexicon.Likeness("latte", "拿铁"); l != 1 {
		t.Errorf("latte is 拿铁, got %v", l)
	}
	if a, b := lexicon.Likeness("拿铁", "拿铁"), lexicon.Likeness("拿铁", "榛果拿铁"); a <= b {
		t.Errorf("the exact name must win: %v, %v", a, b)
	}
	if l := lexicon.Likeness("玫瑰", "拿铁"); l != 0 {
		t.Errorf("unlike things are alike: %v", l)
	}
}
