const get = k => wx.getStorageSync(k) || {}
exports.locks = () => get('court_locks')
exports.bookings = () => get('court_bookings')
exports.saveLocks = v => wx.setStorageSync('court_locks', v)
exports.saveBookings = v => wx.setStorageSync('court_bookings', v)
exports.mine = () => Object.values(get('court_bookings')).filter(b => b.state === 'booked').reduce((all, b) => all.concat(b.slot_ids), [])
exports.text = t => [{ type: 'text', text: t }]
