const ITEMS = require('../data/items.js')
const { ok } = require('../utils/reply.js')
const TITLES = { 1: '保洁', 2: '家电清洗', 3: '除螨布艺', 4: '收纳整理' }

async function queryItems({ category } = {}) {
  const groups = [1, 2, 3, 4].filter(c => !category || c === Number(category)).map(c => ({
    category: c,
    title: TITLES[c],
    items: ITEMS.filter(i => i.category === c).map(({ code, name, desc, unit, unitPrice, minNum }) => ({ code, name, desc, unit, unitPrice, minNum }))
  }))
  return ok('共 ' + groups.reduce((n, g) => n + g.items.length, 0) + ' 项服务。按小时计价的服务请先问用户要几个小时。', { groups })
}

module.exports = queryItems
