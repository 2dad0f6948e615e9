import { listExhibitions } from './apis/listExhibitions'
import { querySessions } from './apis/querySessions'
import { reserveVisit } from './apis/reserveVisit'
import { cancelReserve } from './apis/cancelReserve'

const skill = wx.modelContext.createSkill('packageSkill/visit')
skill.use(async (ctx, next) => {
  console.info('[visit]', ctx.name)
  await next()
})
skill.registerAPI('listExhibitions', listExhibitions)
skill.registerAPI('querySessions', querySessions)
skill.registerAPI('reserveVisit', reserveVisit)
skill.registerAPI('cancelReserve', cancelReserve)
