Component({
  data: { reservationNo: '', title: '', spec: '', quantity: 0, when: '', address: '', feeText: '', totalText: '', payable: false, message: '' },
  onInit() {
    this.paying = false;
    const { NotificationType } = my.modelContext;
    my.modelContext.getContext(this).on(NotificationType.Result, (data) => this.show(data));
  },
  methods: {
    show(data) {
      const result = (data && data.result) || {};
      const content = result.structuredContent || {};
      const goods = content.goods || {};
      const priv = (result._meta && result._meta.private) || {};
      this.setData({
        reservationNo: content.reservationNo || '',
        title: goods.title || '',
        spec: goods.spec || '',
        quantity: goods.quantity || 0,
        when: `${content.deliveryDate || ''} ${content.deliveryTime || ''}`,
        address: priv.deliveryAddress || '',
        feeText: ((content.deliveryFeeFen || 0) / 100).toFixed(2),
        totalText: ((content.totalFen || 0) / 100).toFixed(2),
        payable: content.state === 'AWAIT_PAY'
      });
      if (content.reservationNo) {
        my.modelContext.getViewContext(this).setRelatedPage({ query: `reservationNo=${content.reservationNo}` });
      }
    },
    // 金额和商品已在卡上；回调不作为付款凭据，之后请用户重新查询
    onTapPay() {
      if (this.paying || !this.data.payable) return;
      this.paying = true;
      const done = (message) => {
        this.paying = false;
        this.setData({ message });
      };
      my.tradePay({
        tradeNO: `T${this.data.reservationNo}`,
        success: (res) => done(res.resultCode === '9000' ? '付款已受理，请重新查询预订' : '没有付款，预订仍然保留'),
        fail: () => done('没有付款，预订仍然保留')
      });
    }
  }
});
