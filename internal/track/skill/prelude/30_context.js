// The model context: skills, their apis and their middleware.
const registry = create(null);
const skills = [];
const noop = () => {};
const trim = (p) => String(p === undefined ? '' : p).replace(/^\/+|\/+$/g, '');
const register = (skill, name, handler) => {
  if (typeof name !== 'string' || name === '') throw new Error('registerAPI: name must be a string');
  if (typeof handler !== 'function') throw new Error('registerAPI: handler of ' + name + ' must be a function');
  registry[name] = { skill, handler };
};
const createSkill = (path) => {
  const skill = { path: trim(path), chain: [] };
  skills.push(skill);
  const api = {
    path: skill.path,
    use: (f) => { if (typeof f !== 'function') throw new Error('use: middleware must be a function'); skill.chain.push(f); return api; },
    registerAPI: (name, handler) => { register(skill, name, handler); return api; },
  };
  return api;
};
const cardContext = () => ({
  on: noop, off: noop, sendFollowUpMessage: () => resolvedOK('sendFollowUpMessage'), reapplyApiCall: () => resolvedOK('reapplyApiCall'),
  getDimensions: () => ({ minHeight: 0, maxHeight: 0, width: 0 }), openDetailPage: () => resolvedOK('openDetailPage'), openRelatedPage: () => resolvedOK('openRelatedPage'),
  preloadDetailPage: noop, setRelatedPage: noop, expirePreviousCards: noop, updateModelContext: noop,
});
const resolvedOK = (name) => new Promise((ok) => ok({ errMsg: name + ':ok' }));
const modelContextOf = (call) => ({
  createSkill,
  registerAPI: (name, handler) => register(undefined, name, handler),
  expireAllCards: () => resolvedOK('expireAllCards'),
  getSessionId: () => call.session,
  getContext: cardContext, getViewContext: cardContext,
  NotificationType: freeze({ Input: 'input', Result: 'result', Overflow: 'overflow', Resize: 'resize', Expire: 'expire' }),
});

// One call: from the outer middleware to the handler and back. next() may be called once, and must be.
const dispatch = async (call) => {
  const entry = registry[call.name];
  if (!entry) throw new Error('api ' + call.name + ' is not registered');
  const skill = entry.skill || skills[0];
  const chain = skill ? skill.chain.slice() : [];
  const ctx = { name: call.name, skillPath: skill ? skill.path : trim(call.skillPath), arguments: copyOf(call.arguments) };
  let result, handled = false;
  const step = async (i) => {
    if (i === chain.length) { result = await entry.handler(call.arguments); handled = true; return result; }
    let called = false;
    await chain[i](ctx, () => {
      if (called) throw new Error('next() called multiple times');
      called = true;
      return step(i + 1);
    });
    return result;
  };
  await step(0);
  if (!handled) throw new Error('a middleware of ' + call.name + ' did not call and await next()');
  return result;
};

// What the host gets: _meta stays here, a delayed handoff is resolved.
const describe = async (result) => {
  if (result === undefined || result === null) return { missing: true };
  if (!isObject(result) || isArray(result)) return { plain: result };
  let handoff = result.handoff;
  if (typeof handoff === 'function') handoff = await handoff({ result });
  const out = { isError: result.isError === true, content: result.content, structuredContent: result.structuredContent };
  if (isObject(handoff)) {
    const title = isObject(handoff.card) && handoff.card.title !== undefined ? String(handoff.card.title) : undefined;
    out.handoff = { path: handoff.path, query: queryOf(handoff.query), payload: handoff.payload, title };
  }
  if (out.content === undefined && out.structuredContent === undefined && !out.isError && !out.handoff) {
    const rest = assign({}, result);
    delete rest._meta;
    out.structuredContent = rest;
  }
  return out;
};
