// 规格：每个 kind 可选什么、叫什么、加多少钱（元）
const SIZES = { medium: { label: '中杯', extra: 0 }, large: { label: '大杯', extra: 4 }, small: { label: '小杯', extra: -2 } }
const SUGARS = { none: '无糖', less: '少糖', half: '半糖', normal: '标准糖' }
const TEMPERATURES = { hot: '热', iced: '冰', lessIce: '少冰' }
const TOPPINGS = {
  oatMilk: { label: '换燕麦奶', extra: 4 },
  shot: { label: '加一份浓缩', extra: 5 },
  vanilla: { label: '香草糖浆', extra: 3 },
  pearl: { label: '珍珠', extra: 4 },
  cream: { label: '奶油顶', extra: 5 }
}
const ALLOWED = {
  espresso: { size: true, sugar: true, temperature: ['hot', 'iced', 'lessIce'], toppings: ['oatMilk', 'shot', 'vanilla', 'cream'] },
  tea: { size: true, sugar: true, temperature: ['hot', 'iced', 'lessIce'], toppings: ['oatMilk', 'pearl', 'cream'] },
  cold: { size: true, sugar: true, temperature: ['iced', 'lessIce'], toppings: ['shot', 'pearl'] },
  food: { size: false, sugar: false, temperature: [], toppings: [] }
}

function bad(text) {
  return { error: text }
}

// 返回 {size, sugar, temperature, toppings, texts, extra}；不合规格时返回 {error}
function choose(product, item) {
  const allowed = ALLOWED[product.kind]
  const asked = item.toppings === undefined ? [] : item.toppings
  if (!Array.isArray(asked)) return bad('toppings 必须是数组')
  const unfit = ['size', 'sugar', 'temperature'].filter(k => item[k] && !(Array.isArray(allowed[k]) ? allowed[k].length : allowed[k]))
  if (unfit.length || (asked.length && !allowed.toppings.length)) return bad(product.name + '没有可选规格')
  const size = allowed.size ? item.size || 'medium' : ''
  const sugar = allowed.sugar ? item.sugar || 'normal' : ''
  const temperature = allowed.temperature.length ? item.temperature || defaultTemperature(allowed.temperature) : ''
  if (size && !SIZES[size]) return bad('没有这个杯型：' + size)
  if (sugar && !SUGARS[sugar]) return bad('没有这个糖度：' + sugar)
  if (temperature && allowed.temperature.indexOf(temperature) < 0) return bad(product.name + '做不了这个温度')
  const wrong = asked.filter(t => allowed.toppings.indexOf(t) < 0)
  if (wrong.length) return bad(product.name + '不能加：' + wrong.join('、'))
  const texts = []
  if (size) texts.push(SIZES[size].label)
  if (temperature) texts.push(TEMPERATURES[temperature])
  if (sugar) texts.push(SUGARS[sugar])
  asked.forEach(t => texts.push(TOPPINGS[t].label))
  const extra = (size ? SIZES[size].extra : 0) + asked.reduce((sum, t) => sum + TOPPINGS[t].extra, 0)
  return { size, sugar, temperature, toppings: asked, texts, extra }
}

function defaultTemperature(list) {
  return list.indexOf('hot') >= 0 ? 'hot' : list[0]
}

module.exports = { choose, ALLOWED }
