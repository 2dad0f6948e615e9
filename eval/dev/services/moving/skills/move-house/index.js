import estimateMove from './apis/estimateMove'
import bookMove from './apis/bookMove'
import cancelMove from './apis/cancelMove'

const skill = wx.modelContext.createSkill('skills/move-house')

skill.registerAPI('estimateMove', estimateMove)
skill.registerAPI('bookMove', bookMove)
skill.registerAPI('cancelMove', cancelMove)
