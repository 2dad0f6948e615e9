package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// say is a sentence of Bangwo's in the turn's language.
func (w *worker) say(key string, args ...any) string {
	table := messagesEN
	if w.t.Lang == "zh" {
		table = messagesZH
	}
	text, ok := table[key]
	if !ok && strings.HasPrefix(key, "fault_") {
		text, ok = table["fault_other"], true
	}
	if !ok && strings.HasPrefix(key, "stopped_") {
		text, ok = table["stopped_other"], true
	}
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

func (d *Desk) serviceName(id string) string {
	if s, ok := d.service(context.WithoutCancel(d.ctx), id); ok && s.Name != "" {
		return s.Name
	}
	return id
}

func numbered(i int) string { return strconv.Itoa(i + 1) }

func joinLines(lines []string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

var messagesZH = map[string]string{
	"help":                 "告诉我你想办的事，比如叫车、点单，一句话里可以有好几件。我会先给你看一张确认单，你同意了才付款。也可以问：订单进度、取消、退款、余额、历史、收据。",
	"not_understood":       "我没听懂要办什么。可以换个说法，或者说得具体一点。",
	"too_many_questions":   "问得太多了还是不清楚，请换个说法重新说一次。",
	"mind_failed":          "我现在想不明白这件事，请稍后再试。",
	"plan_refused":         "我做出的计划没有通过检查，所以什么都没有做。请换个说法再试。",
	"nothing_found":        "没有找到“%s”",
	"which_one":            "“%s”有几个都合适，选哪一个？",
	"confirm":              "请确认，合计 %s",
	"no_price":             "商家没有给出可以确认的价格",
	"other_currency":       "它用 %s 计价，不能和其他几件一起付款",
	"not_registered":       "%s 没有向平台登记这笔订单，或金额不一致，所以没有付款",
	"other_failed":         "另一件没有办成，按你的选择全部撤销",
	"cannot_cancel":        "%s 不接受取消，这笔订单保留",
	"stands_unpaid":        "%s那边还留着这一单，没有付款，请直接联系商家取消",
	"refund_uncovered":     "%s 的账户余额不足以退款",
	"part_failed":          "%s：没有办成，%s",
	"part_answered":        "%s：已查到",
	"part_done":            "%s：已办好",
	"part_paid":            "%s：已办好，付给%[3]s %[2]s",
	"part_paid_sandbox":    "%s：已办好，付给%[3]s %[2]s（沙盒）",
	"consent":              "%s 想知道你的%s，可以给吗？",
	"consent_yes":          "可以，这一次",
	"consent_always":       "一直可以",
	"consent_no":           "不可以",
	"value_address":        "地址",
	"value_phone":          "电话号码",
	"value_location":       "位置",
	"value_name":           "名字",
	"form":                 "%s 问：%s",
	"unknown":              "%s 没有回话，不知道“%s”是否已经办成。钱先留着，没有付出去。你知道结果吗？",
	"unknown_check":        "再查一次",
	"unknown_yes":          "已经办成，付款",
	"unknown_no":           "没有办成，退回",
	"unknown_cancel":       "%s 没有回话，不知道订单是否已经取消。钱先留着。你知道结果吗？",
	"unknown_cancel_check": "再试一次",
	"unknown_cancel_yes":   "已经取消，退回",
	"unknown_cancel_no":    "没有取消，付款",
	"balance":              "可用余额 %s",
	"balance_held":         "可用余额 %s，另有 %s 已预留",
	"no_orders":            "还没有这样的订单。",
	"history":              "最近的订单：",
	"order_line":           "%s %s：%s，%s，%s",
	"nothing_to_cancel":    "没有可以取消的订单。",
	"turn_cancelled":       "好，正在取消“%s”。",
	"taken_back":           "%s 的订单（%s）%s。",
	"receipt":              "收据 %s",
	"receipt_payment":      "付给 %s：%s，%s",
	"receipt_mandate":      "确认于 %s（凭据 %s）",
	"state_quoted":         "已报价",
	"state_confirmed":      "已确认",
	"state_held":           "已预留款项",
	"state_placing":        "正在下单",
	"state_placed":         "商家已接单",
	"state_fulfilled":      "已完成",
	"state_failing":        "正在撤销",
	"state_failed":         "未办成",
	"state_cancelled":      "已取消，钱已退回",
	"state_refunded":       "已退款",
	"paid_held":            "已预留",
	"paid_captured":        "已付",
	"paid_voided":          "已释放",
	"paid_refunded":        "已退回",
	"stopped_cancelled":    "已取消，没有付款。",
	"stopped_expired":      "没有等到回答，已停止，没有付款。",
	"stopped_funds":        "余额不够，没有付款，什么都没有订。",
	"stopped_limit":        "问题太多，已停止，没有付款。",
	"stopped_other":        "已停止，没有付款。",
	"fault_merchant":       "商家没有办成",
	"fault_timeout":        "商家没有及时回话",
	"fault_unavailable":    "商家现在联系不上",
	"fault_changed":        "商家说的和你确认的不一样",
	"fault_cancelled":      "已取消",
	"fault_expired":        "已过期",
	"fault_funds":          "余额不够",
	"fault_unsupported":    "没有服务能办这件事",
	"fault_not_found":      "找不到了",
	"fault_invalid":        "商家不接受这样的内容",
	"fault_other":          "出错了，请稍后再试",
}

var messagesEN = map[string]string{
	"help":                 "Tell me what you want done, such as a car or a drink; one sentence may hold several things. You see one confirmation before anything is paid. You can also ask for status, cancel, refund, balance, history or a receipt.",
	"not_understood":       "I did not understand what to do. Please put it differently, or say more.",
	"too_many_questions":   "I asked too much and it is still not clear. Please say it again in other words.",
	"mind_failed":          "I cannot work this out at the moment. Please try again later.",
	"plan_refused":         "The plan I made did not pass the checks, so nothing was done. Please try other words.",
	"nothing_found":        "nothing like “%s” was found",
	"which_one":            "Several fit “%s”. Which one?",
	"confirm":              "Please confirm, %s in total",
	"no_price":             "the merchant gave no price that could be confirmed",
	"other_currency":       "it is priced in %s and cannot be paid together with the others",
	"not_registered":       "%s has not registered this order with the platform, or with another amount, so it was not paid",
	"other_failed":         "another part failed and you chose all or nothing",
	"cannot_cancel":        "%s does not take it back; the order stands",
	"stands_unpaid":        "%s still has this order, unpaid; please cancel it with them",
	"refund_uncovered":     "the account of %s does not cover the refund",
	"part_failed":          "%s: not done, %s",
	"part_answered":        "%s: found",
	"part_done":            "%s: done",
	"part_paid":            "%s: done, %s paid to %s",
	"part_paid_sandbox":    "%s: done, %s paid to %s (sandbox)",
	"consent":              "%s would like your %s. May it have it?",
	"consent_yes":          "Yes, this time",
	"consent_always":       "Always",
	"consent_no":           "No",
	"value_address":        "address",
	"value_phone":          "phone number",
	"value_location":       "location",
	"value_name":           "name",
	"form":                 "%s asks: %s",
	"unknown":              "%s did not answer, and it is not known whether “%s” was carried out. The money is reserved, not paid. Do you know?",
	"unknown_check":        "Check again",
	"unknown_yes":          "It was done, pay",
	"unknown_no":           "It was not done, release",
	"unknown_cancel":       "%s did not answer, and it is not known whether the order is cancelled. The money is still reserved. Do you know?",
	"unknown_cancel_check": "Try again",
	"unknown_cancel_yes":   "It is cancelled, give back",
	"unknown_cancel_no":    "It is not cancelled, pay",
	"balance":              "You have %s to spend",
	"balance_held":         "You have %s to spend; %s more is reserved",
	"no_orders":            "There is no such order yet.",
	"history":              "Your latest orders:",
	"order_line":           "%s %s: %s, %s, %s",
	"nothing_to_cancel":    "There is no order that could be cancelled.",
	"turn_cancelled":       "All right, “%s” is being cancelled.",
	"taken_back":           "The order at %s (%s) is %s.",
	"receipt":              "Receipt %s",
	"receipt_payment":      "To %s: %s, %s",
	"receipt_mandate":      "Confirmed at %s (proof %s)",
	"state_quoted":         "quoted",
	"state_confirmed":      "confirmed",
	"state_held":           "waiting, money reserved",
	"state_placing":        "being placed",
	"state_placed":         "taken by the merchant",
	"state_fulfilled":      "done",
	"state_failing":        "being undone",
	"state_failed":         "not done",
	"state_cancelled":      "cancelled, money back",
	"state_refunded":       "refunded",
	"paid_held":            "reserved",
	"paid_captured":        "paid",
	"paid_voided":          "released",
	"paid_refunded":        "refunded",
	"stopped_cancelled":    "Cancelled. Nothing was paid.",
	"stopped_expired":      "There was no answer in time, so this was stopped. Nothing was paid.",
	"stopped_funds":        "The balance does not cover it. Nothing was paid or ordered.",
	"stopped_limit":        "There were too many questions, so this was stopped. Nothing was paid.",
	"stopped_other":        "This was stopped. Nothing was paid.",
	"fault_merchant":       "the merchant did not do it",
	"fault_timeout":        "the merchant did not answer in time",
	"fault_unavailable":    "the merchant cannot be reached",
	"fault_changed":        "the merchant says something else than what you confirmed",
	"fault_cancelled":      "cancelled",
	"fault_expired":        "expired",
	"fault_funds":          "the balance does not cover it",
	"fault_unsupported":    "no service can do it",
	"fault_not_found":      "it is not there any more",
	"fault_invalid":        "the merchant does not accept this",
	"fault_other":          "something went wrong, please try later",
}
