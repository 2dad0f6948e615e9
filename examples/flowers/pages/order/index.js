const RESERVATIONS = 'moss_reservations';

Page({
  data: { reservation: null, totalText: '', message: '' },

  onLoad(query) {
    this.reload((query && query.reservationNo) || '');
  },

  reload(reservationNo) {
    const all = my.getStorageSync({ key: RESERVATIONS }).data || {};
    const reservation = all[reservationNo] || null;
    this.setData({ reservation, totalText: reservation ? (reservation.totalFen / 100).toFixed(2) : '' });
  },

  // 回调只说明支付流程结束；是否付成，以重新查询为准
  onPay() {
    const { reservation } = this.data;
    if (!reservation || reservation.state !== 'AWAIT_PAY') return;
    my.tradePay({
      tradeNO: reservation.tradeNo,
      success: (res) => {
        this.setData({ message: res.resultCode === '9000' ? '付款已受理，正在确认' : '没有付款，预订仍然保留' });
        this.reload(reservation.reservationNo);
      },
      fail: () => this.setData({ message: '没有付款，预订仍然保留' })
    });
  }
});
