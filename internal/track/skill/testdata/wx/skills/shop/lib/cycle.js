const lib = require('./index')
exports.base = (g) => (lib.name === 'lib' ? g.cost : -1)
