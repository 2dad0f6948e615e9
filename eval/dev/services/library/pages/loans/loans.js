Page({ data: {}, onLoad(query) { this.setData({ rid: query.rid || "" }); } });
