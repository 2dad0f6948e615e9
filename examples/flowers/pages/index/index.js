const OCCASIONS = [
  { key: 'birthday', title: '生日' },
  { key: 'love', title: '爱情' },
  { key: 'thanks', title: '感谢' },
  { key: 'opening', title: '开业' }
];

Page({
  data: { occasions: OCCASIONS, goodsId: '' },

  onLoad(query) {
    this.setData({ goodsId: (query && query.goodsId) || '' });
  }
});
