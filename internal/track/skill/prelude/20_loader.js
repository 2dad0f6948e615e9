// CommonJS: relative, absolute ("/data/x.js"), without extension, index and JSON, confined to the package.
const cache = create(null);
const join = (dir, spec) => {
  const out = [];
  for (const part of (spec.startsWith('/') ? spec : dir + '/' + spec).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') { out.push(part); continue; }
    if (out.length === 0) throw new Error("module '" + spec + "' lies outside the package");
    out.pop();
  }
  return out.join('/');
};
const suffixes = ['', '.js', '.ts', '.json', '/index.js', '/index.ts', '/index.json'];
const probe = (path) => { for (const s of suffixes) if (box.file(path + s) !== undefined) return path + s; return undefined; };
// alias is app.json's resolveAlias: {"@utils/*": "utils/*"}.
let alias = {};
const aliased = (spec) => {
  for (const from of keysOf(alias)) {
    const to = alias[from], star = from.endsWith('*'), head = star ? from.slice(0, -1) : from;
    if (typeof to === 'string' && (star ? spec.startsWith(head) : spec === from)) return '/' + (star ? to.replace(/\*$/, '') + spec.slice(head.length) : to);
  }
  return spec;
};
const locate = (dir, asked) => {
  const spec = aliased(asked);
  const found = probe(join(dir, spec));
  if (found !== undefined || /^[./]/.test(spec)) return found;
  for (let d = dir; ; d = d.replace(/\/?[^/]*$/, '')) { // npm packages, as the platforms' tools lay them out
    const npm = probe(join(d, './miniprogram_npm/' + spec));
    if (npm !== undefined) return npm;
    if (d === '') return undefined;
  }
};
const requireFrom = (dir) => {
  const require = (spec) => {
    if (typeof spec !== 'string') throw new Error('require wants a path');
    const path = locate(dir, spec);
    if (path === undefined) throw new Error("module '" + spec + "' is not defined, required from '/" + dir + "'");
    return load(path);
  };
  require.async = (spec) => new Promise((ok) => ok(require(spec)));
  require.resolve = (spec) => { const p = locate(dir, spec); return p === undefined ? spec : '/' + p; };
  return require;
};
const load = (path) => {
  if (cache[path]) return cache[path].exports;
  const module = { id: path, exports: {}, loaded: false };
  cache[path] = module; // before it runs: modules may require each other in a circle
  const text = box.file(path);
  if (path.endsWith('.json')) {
    module.exports = parse(text);
  } else {
    const dir = path.indexOf('/') < 0 ? '' : path.slice(0, path.lastIndexOf('/'));
    const body = box.compile('(function (require, module, exports, __filename, __dirname) {' + text + '\n})', path);
    try {
      body.call(module.exports, requireFrom(dir), module, module.exports, '/' + path, '/' + dir);
    } catch (e) { delete cache[path]; throw e; }
  }
  module.loaded = true;
  return module.exports;
};
