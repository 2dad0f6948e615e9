const rules = require('../../utils/money.js')

Page({
  data: { moveNo: '', deposit: '' },
  onLoad(query) {
    this.setData({ moveNo: query.moveNo || '', deposit: rules.yuan(query.deposit) })
  },
  pay() {
    wx.requestPayment({
      timeStamp: String(Date.now()), nonceStr: this.data.moveNo, package: 'prepay_id=' + this.data.moveNo, signType: 'RSA', paySign: '',
      success: () => wx.showToast({ title: 'Deposit paid' })
    })
  }
})
