import { flat } from './apis/flat'
wx.modelContext.registerAPI('flat', flat)
