Page({ data: { no: "" }, onLoad(q) { this.setData({ no: q.orderNo || "" }) } })
