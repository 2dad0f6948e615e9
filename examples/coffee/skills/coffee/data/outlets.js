// 门店。landmarks 是店员平时会说的附近地标，附到店的步行距离（米）；base 是没有提到地标时从市中心算的距离。
module.exports = [
  { outletId: 'FH-ZGC', name: '中关村店', nameEn: 'Zhongguancun', address: '海淀区中关村大街 27 号一层', base: 850, opens: '07:30', closes: '22:00', waitMinutes: 8,
    landmarks: { '中关村': 180, '人民大学': 900, '北京大学': 1400, '海淀黄庄': 600, 'Zhongguancun': 180 } },
  { outletId: 'FH-WDK', name: '五道口店', nameEn: 'Wudaokou', address: '海淀区成府路 28 号优盛大厦', base: 2300, opens: '07:30', closes: '23:00', waitMinutes: 12,
    landmarks: { '五道口': 150, '清华': 1100, '语言大学': 700, 'Wudaokou': 150, 'Tsinghua': 1100 } },
  { outletId: 'FH-GMA', name: '国贸店', nameEn: 'Guomao', address: '朝阳区建国门外大街 1 号国贸商城 B1', base: 3100, opens: '07:00', closes: '21:30', waitMinutes: 15,
    landmarks: { '国贸': 120, '大望路': 1300, 'CBD': 300, 'Guomao': 120 } },
  { outletId: 'FH-WJG', name: '望京店', nameEn: 'Wangjing', address: '朝阳区望京街 10 号望京 SOHO T1', base: 5200, opens: '08:00', closes: '21:00', waitMinutes: 6,
    landmarks: { '望京': 200, '阜通': 500, 'Wangjing': 200 } },
  { outletId: 'FH-XTL', name: '西土城店', nameEn: 'Xitucheng', address: '海淀区西土城路 10 号', base: 4100, opens: '08:00', closes: '20:00', waitMinutes: 5,
    landmarks: { '西土城': 160, '北京邮电大学': 300, '蓟门桥': 450 } }
]
