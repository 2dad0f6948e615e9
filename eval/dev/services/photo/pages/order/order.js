Page({
  data: { orderNo: '' },
  onLoad(query) { this.setData({ orderNo: query.orderNo || '' }); },
  pay() {
    my.request({ url: 'https://studio.example.com/pay', method: 'POST', data: { orderNo: this.data.orderNo }, success: (res) => my.tradePay({ tradeNO: res.data.tradeNO }) });
  },
});
