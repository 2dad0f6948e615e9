Component({
  data: { jobs: [], paid: '' },
  onInit() {
    const ctx = my.modelContext.getContext(this);
    ctx.on(my.modelContext.NotificationType.Result, ({ result }) => {
      this.setData({ jobs: result.structuredContent.jobs || [] });
    });
  },
  methods: {
    pay() {
      my.tradePay({
        tradeNO: this.tradeNO,
        success: (res) => this.setData({ paid: res.resultCode === '9000' ? '已付款，正在确认' : '未付款' }),
      });
    },
  },
});
