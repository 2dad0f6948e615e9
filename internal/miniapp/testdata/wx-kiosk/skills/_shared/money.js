module.exports = { yuan: cents => '¥' + (cents / 100).toFixed(2) }
