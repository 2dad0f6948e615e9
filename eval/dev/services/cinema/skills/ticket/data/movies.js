export const MOVIES = [
  { movieId: 'M01', title: '流浪星辰', titleEn: 'Wandering Stars', genre: '科幻', minutes: 142, lang: '国语' },
  { movieId: 'M02', title: '长安三十日', titleEn: "Thirty Days of Chang'an", genre: '动画', minutes: 118, lang: '国语' },
  { movieId: 'M03', title: '隔壁的侦探', titleEn: 'The Detective Next Door', genre: '悬疑喜剧', minutes: 104, lang: '国语' },
  { movieId: 'M04', title: '深海回声', titleEn: 'Echoes of the Deep', genre: '惊悚', minutes: 121, lang: '英语' }
];
export const HALLS = [['普通厅', 4200], ['IMAX 厅', 7800], ['杜比厅', 6900]];
export const TIMES = [['10:20', '13:30', '16:10', '19:00', '21:50'], ['11:00', '14:15', '18:30'], ['12:10', '15:40', '20:00'], ['17:20', '20:40', '22:30']];
