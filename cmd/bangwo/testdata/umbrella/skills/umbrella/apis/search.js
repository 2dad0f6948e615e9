const umbrellas = [{ umbrellaId: 'U1', name: '长柄雨伞', price: 6 }]
module.exports = async () => ({ content: [{ type: 'text', text: '有 1 把雨伞' }], structuredContent: { umbrellas } })
