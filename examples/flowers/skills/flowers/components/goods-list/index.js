Component({
  data: { goods: [] },
  onInit() {
    const { NotificationType } = my.modelContext;
    my.modelContext.getContext(this).on(NotificationType.Result, (data) => this.show(data));
  },
  methods: {
    show(data) {
      const content = (data && data.result && data.result.structuredContent) || {};
      const goods = (content.goods || []).slice(0, 3).map((g) => ({ goodsId: g.goodsId, title: g.title, priceText: (g.fromPriceFen / 100).toFixed(2) }));
      this.setData({ goods });
      my.modelContext.getViewContext(this).setRelatedPage({ query: goods.length ? `goodsId=${goods[0].goodsId}` : '' });
    },
    onTapGoods(event) {
      const { title } = event.currentTarget.dataset;
      my.modelContext.getContext(this).sendFollowUpMessage({ content: [{ type: 'text', text: `我想看看${title}` }] });
    }
  }
});
