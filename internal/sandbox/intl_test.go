package sandbox_test

import (
	"context"
	"encoding/json"
	"testing"
)

// TestAmountsAndTimes wants the forms that the platforms' engines print, in China's time.
func TestAmountsAndTimes(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for expr, want := range map[string]string{
		`(1234567.891).toLocaleString()`: "1,234,567.891", `(1234567).toLocaleString('en-US')`: "1,234,567", `(5).toLocaleString('zh-CN', { minimumFractionDigits: 2 })`: "5.00",
		`(1234.5).toLocaleString('zh-CN', { style: 'currency', currency: 'CNY' })`: "¥1,234.50", `(-2.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' })`: "-$2.50",
		`(0.256).toLocaleString('zh-CN', { style: 'percent' })`: "26%", `(1.005).toLocaleString('zh-CN', { maximumFractionDigits: 2 })`: "1.01", `(12345n).toLocaleString()`: "12,345",
		`(9).toLocaleString('zh-CN', { minimumIntegerDigits: 2 })`: "09", `(12345).toLocaleString('zh-CN', { notation: 'compact' })`: "1.2万", `(1e3).toLocaleString('zh-CN', { useGrouping: false })`: "1000",
		`(NaN).toLocaleString()`: "NaN", `(-0.001).toLocaleString('zh-CN', { maximumFractionDigits: 1 })`: "0", `(1e21).toLocaleString()`: "1,000,000,000,000,000,000,000", `(Infinity).toLocaleString()`: "∞",
		`new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' }).format(18)`: "¥18.00", `Intl.NumberFormat().format(1e4)`: "10,000", `[1234].map(new Intl.NumberFormat('en').format)[0]`: "1,234",
		`d.toLocaleDateString('zh-CN')`: "2026/1/5", `d.toLocaleTimeString('zh-CN')`: "09:02:03", `d.toLocaleString()`: "2026/1/5 09:02:03",
		`d.toLocaleDateString('zh-CN', { year: 'numeric', month: '2-digit', day: '2-digit' })`: "2026/01/05", `d.toLocaleDateString('zh-CN', { month: 'long', day: 'numeric' })`: "1月5日",
		`d.toLocaleDateString('zh-CN', { weekday: 'long' })`: "星期一", `d.toLocaleDateString('zh-CN', { dateStyle: 'full' })`: "2026年1月5日星期一", `d.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })`: "09:02",
		`d.toLocaleTimeString('zh-CN', { hour: 'numeric', minute: '2-digit', hour12: true })`: "上午9:02", `d.toLocaleString('zh-CN', { timeZone: 'UTC' })`: "2026/1/5 01:02:03",
		`d.toLocaleDateString('en-US')`: "1/5/2026", `d.toLocaleString('en-US')`: "1/5/2026, 9:02:03 AM", `d.toLocaleDateString('en-US', { weekday: 'short', month: 'long', day: 'numeric', year: 'numeric' })`: "Mon, January 5, 2026",
		`d.toLocaleDateString('en-CA')`: "2026-01-05", `d.toLocaleDateString('sv-SE')`: "2026-01-05", `d.toLocaleDateString('en-GB')`: "05/01/2026", `new Date(NaN).toLocaleString()`: "Invalid Date",
		`new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', hour12: false }).format(d)`: "10:02", `Intl.DateTimeFormat().resolvedOptions().timeZone`: "Asia/Shanghai",
		`new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(d).map((p) => p.value).join('-')`: "2026-01-05",
	} {
		out, err := pool.Run(context.Background(), script("s", "const d = new Date(Date.UTC(2026, 0, 5, 1, 2, 3)); return "+expr))
		var got string
		if err != nil || out.Thrown != nil || json.Unmarshal(out.Value, &got) != nil || got != want {
			t.Errorf("%s: %s %+v %v, want %s", expr, out.Value, out.Thrown, err, want)
		}
	}
}
