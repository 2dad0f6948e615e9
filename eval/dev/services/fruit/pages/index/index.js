Page({ data: { kw: "" }, onLoad(q) { this.setData({ kw: q.kw || "" }) } })
