const cycle = require('./cycle')
exports.price = (g) => cycle.base(g) + 1
exports.name = 'lib'
