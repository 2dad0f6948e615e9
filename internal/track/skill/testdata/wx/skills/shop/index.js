const skill = wx.modelContext.createSkill('/skills/shop')
const seen = []
skill.use(async (ctx, next) => {
  seen.push('a:' + ctx.name); ctx.arguments.id = 'changed'
  if (ctx.arguments.what === 'never') return
  if (ctx.arguments.what === 'twice') { await next(); await next(); return }
  await next(); seen.push('a.')
})
skill.use(async (ctx, next) => { seen.push('b:' + ctx.skillPath); await next(); seen.push('b.'); console.log(seen.join(' ')) })
skill.registerAPI('searchGoods', require('./apis/search'))
skill.registerAPI('createOrder', require('./apis/order.js').create)
wx.modelContext.registerAPI('payOrder', require('./apis/order').pay)
skill.registerAPI('probe', require('./apis/probe'))
