// A merchant for the end-to-end tests: an MCP server on standard input and output, by hand, so that it can do what
// well-behaved libraries do not. `node shop.mjs '{"name":…,"noun":…,"items":[{"id","title","price"}],…}'`:
//   items   what it sells, prices in fen; an order of one of them ends in `order`
//   form    a JSON Schema that is asked for (elicitation) while an order is placed; declined, the order is refused
//   lines   a quote of so many lines before the order
//   reject  the order fails with this text
//   wait    milliseconds before every answer, with progress told on the way
//   answer  further fields of the order's answer
import { createInterface } from 'node:readline';

const shop = JSON.parse(process.argv[2]);
const asked = new Map();
let asking = 0;
let orders = 0;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const object = (properties, required = []) => ({ type: 'object', properties, required });
const text = (description) => ({ type: 'string', description });
const fen = (description) => ({ type: 'integer', description });

const items = { type: 'array', items: object({ item_id: text('item id'), title: text('title'), price: fen('price in fen') }) };
const tools = [
  {
    name: 'list_items', title: `Look at the ${shop.noun}`, description: `Lists the ${shop.noun} that ${shop.name} has (${shop.words ?? ''}).`,
    inputSchema: object({ keyword: text(`words to look for among the ${shop.noun}`) }), outputSchema: object({ items }), annotations: { readOnlyHint: true },
  },
  ...(shop.lines ? [{
    name: 'quote', title: `Price the ${shop.noun}`, description: `The price of a ${shop.noun} order, line by line, before it is placed.`,
    inputSchema: object({ item_id: text('item id from list_items') }, ['item_id']), annotations: { readOnlyHint: true },
    outputSchema: object({ quote_id: text('quote id'), total: fen('total in fen'),
      lines: { type: 'array', items: object({ title: text('title'), quantity: { type: 'integer' }, amount: fen('amount in fen') }) } }),
  }] : []),
  {
    name: 'order', title: `Order ${shop.noun}`, description: `Orders ${shop.noun} at ${shop.name} (${shop.words ?? ''}).`,
    inputSchema: shop.lines ? object({ quote_id: text('quote id from quote') }, ['quote_id'])
      : object({ item_id: text('item id from list_items'), quantity: { type: 'integer', minimum: 1, default: 1, description: 'how many' } }, ['item_id']),
    outputSchema: object({ order_id: text('order id'), status: text('status'), total: fen('total paid in fen'), ...shop.shape }),
    annotations: { readOnlyHint: false, destructiveHint: true },
  },
];

const quoted = (item) => Array.from({ length: shop.lines }, (_, i) => ({
  title: `${item.title} ${i + 1}`, quantity: 1 + (i % 3), amount: item.price * (1 + (i % 3)) }));
const sum = (lines) => lines.reduce((n, l) => n + l.amount, 0);
const itemOf = (id) => shop.items.find((i) => i.id === String(id).replace(/^q-/, ''));
const good = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value });
const bad = (why) => ({ isError: true, content: [{ type: 'text', text: why }] });

async function called(name, args, token) {
  if (shop.wait) {
    if (token !== undefined) send({ method: 'notifications/progress', params: { progressToken: token, progress: 0.4, total: 1, message: '…' } });
    await new Promise((done) => setTimeout(done, shop.wait));
  }
  if (name === 'list_items') return good({ items: shop.items.map((i) => ({ item_id: i.id, title: i.title, price: i.price })) });
  const item = itemOf(args.item_id ?? args.quote_id);
  if (!item) return bad('no such item');
  if (name === 'quote') return good({ quote_id: `q-${item.id}`, total: sum(quoted(item)), lines: quoted(item) });
  if (shop.reject) return bad(shop.reject);
  const form = shop.form ? await elicit(shop.form) : { action: 'accept', content: {} };
  if (form.action !== 'accept') return bad('Without these answers the order cannot be taken.');
  const total = shop.lines ? sum(quoted(item)) : item.price * (args.quantity ?? 1);
  return good({ order_id: `${shop.noun}-${++orders}`, status: 'confirmed', total, ...shop.answer, ...form.content });
}

function elicit({ message, schema }) {
  const id = `ask-${++asking}`;
  send({ id, method: 'elicitation/create', params: { message, requestedSchema: schema } });
  return new Promise((done) => asked.set(id, done));
}

async function take(message) {
  if (message.method === undefined) {
    asked.get(message.id)?.(message.result ?? { action: 'cancel' });
    asked.delete(message.id);
  } else if (message.method === 'initialize') {
    const serverInfo = { name: shop.name, version: '1', title: shop.name };
    send({ id: message.id, result: { protocolVersion: message.params.protocolVersion, capabilities: { tools: {} }, serverInfo, instructions: `${shop.name}: ${shop.noun} ${shop.words ?? ''}` } });
  } else if (message.method === 'tools/list') send({ id: message.id, result: { tools } });
  else if (message.method === 'tools/call') {
    send({ id: message.id, result: await called(message.params.name, message.params.arguments ?? {}, message.params._meta?.progressToken) });
  } else if (message.id !== undefined) send({ id: message.id, result: {} });
}

createInterface({ input: process.stdin }).on('line', (line) => { if (line.trim()) void take(JSON.parse(line)); });
