import { searchBooks } from './apis/searchBooks'
import { buyBooks } from './apis/buyBooks'
import { reserveBook } from './apis/reserveBook'
import { cancelOrder } from './apis/cancelOrder'
import { releaseBook } from './apis/releaseBook'

const skill = wx.modelContext.createSkill('/packages/books')

wx.modelContext.registerAPI('searchBooks', searchBooks)
skill.registerAPI('buyBooks', buyBooks)
skill.registerAPI('reserveBook', reserveBook)
skill.registerAPI('cancelOrder', cancelOrder)
skill.registerAPI('releaseBook', releaseBook)
