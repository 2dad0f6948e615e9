exports.yuan = v => '¥' + Number(v || 0).toFixed(2)
