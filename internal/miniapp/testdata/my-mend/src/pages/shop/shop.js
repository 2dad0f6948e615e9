Page({ onLoad() {} });
