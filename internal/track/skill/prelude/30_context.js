// The model context: skills, their apis and their middleware.
const registry = create(null);
const skills = [];
const noop = () => {};
const trim = (p) => String(p === undefined ? '' : p).replace(/^\/+|\/+$/g, '');
const register = (skill, name, handler) => {
  if (typeof name !== 'string' || name === '') throw new Error('registerAPI: name must be a string');
  if (isObject(handler)) handler = handler.default || handler[name] || handler.handler; // a module where its function was meant
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

// registered waits for a skill that registers late, such as after an import. The waiting is on the clock of the job.
const registered = async (name) => {
  for (let i = 0; i < 100 && !registry[name]; i++) await new Promise((ok) => G.setTimeout(ok, i < 50 ? 0 : 50));
};

// One call: from the outer middleware to the handler and back. next() may be called once, and must be.
const dispatch = async (call) => {
  const entry = registry[call.name];
  if (!entry) throw new Error('api ' + call.name + ' is not registered');
  const skill = entry.skill || skills[0];
  const chain = skill ? skill.chain.slice() : [];
  const ctx = { name: call.name, skillPath: skill ? skill.path : trim(call.skillPath), arguments: copyOf(call.arguments) };
  let result, called = 0, failed;
  const step = async (i) => {
    called = i > called ? i : called;
    if (i === chain.length) {
      try { result = await entry.handler(call.arguments); } catch (e) { failed = { e }; throw e; }
      return result;
    }
    let once = false;
    const answer = await chain[i](ctx, () => {
      if (once) throw new Error('next() called multiple times');
      once = true;
      return step(i + 1);
    });
    if (result === undefined && isObject(answer)) result = answer; // a middleware that turns a failure into an answer
    return result;
  };
  await step(0);
  if (result === undefined && failed) throw failed.e; // swallowed on the way out
  if (result === undefined && called < chain.length) throw new Error('a middleware of ' + call.name + ' did not call and await next()');
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
