export const EXHIBITIONS = [
  { exhibitId: 'cs-bronze', title: '青铜之光', titleEn: 'Light of Bronze', kind: '常设', hall: '一层 A 厅', adultPrice: 0, halfPrice: 0 },
  { exhibitId: 'cs-ceramic', title: '历代瓷器陈列', titleEn: 'Ceramics through the Dynasties', kind: '常设', hall: '二层 B 厅', adultPrice: 0, halfPrice: 0 },
  { exhibitId: 'tz-dunhuang', title: '飞天：敦煌艺术大展', titleEn: 'Flying Apsaras: Art of Dunhuang', kind: '特展', hall: '临展一厅', adultPrice: 60, halfPrice: 30 },
  { exhibitId: 'tz-maritime', title: '海上丝绸之路沉船遗珍', titleEn: 'Maritime Silk Road: Treasures of the Wrecks', kind: '特展', hall: '临展二厅', adultPrice: 50, halfPrice: 25 }
]
// 已满的场次
export const FULL = ['tz-dunhuang|2026-11-28|am', 'cs-bronze|2026-11-29|pm']
export const GUIDE_PRICE = 80
