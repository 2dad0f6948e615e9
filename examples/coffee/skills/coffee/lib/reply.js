function ok(text, structuredContent) {
  return { isError: false, content: [{ type: 'text', text }], structuredContent }
}

function fail(text) {
  return { isError: true, content: [{ type: 'text', text }] }
}

module.exports = { ok, fail }
