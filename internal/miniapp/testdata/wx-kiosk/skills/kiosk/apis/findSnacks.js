const { snacks } = require('../utils/stock')
const { yuan } = require('../../_shared/money')

async function findSnacks(args) {
  const word = (args && args.word) || ''
  const items = snacks.filter(s => s.title.includes(word))
  return {
    content: [{ type: 'text', text: '找到 ' + items.length + ' 种' + items.map(s => s.title + yuan(s.cents)).join('、') }],
    structuredContent: { items: items, total: items.length },
    handoff: { query: { word: word } }
  }
}

module.exports = { findSnacks }
