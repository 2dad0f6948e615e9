const KEY = 'kzt_yuyue'
exports.ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent })
exports.no = (text) => ({ isError: true, content: [{ type: 'text', text }] })
exports.load = () => my.getStorageSync({ key: KEY }).data || []
exports.save = (data) => my.setStorageSync({ key: KEY, data })
