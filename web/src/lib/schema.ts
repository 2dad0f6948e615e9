/** The flat forms that an MCP elicitation may ask for: strings, numbers, booleans and choices. */
export interface Field {
  name: string; label: string; hint: string; required: boolean
  type: 'string' | 'number' | 'integer' | 'boolean' | 'enum' | 'list'
  format: string; options: { value: string; label: string }[]
  min?: number; max?: number; start: string | boolean | string[]
}

const maxFields = 24;
const maxOptions = 100;

type Json = Record<string, unknown>;
const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);
const str = (x: unknown) => (typeof x === 'string' ? x : '');
const num = (x: unknown) => (typeof x === 'number' ? x : undefined);

/** The fields of a schema; undefined where it is not such a form. */
export function fieldsOf(schema: unknown): Field[] | undefined {
  if (!isObject(schema) || !isObject(schema.properties)) return undefined;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const entries = Object.entries(schema.properties);
  if (entries.length > maxFields) return undefined;
  const fields = entries.map(([name, p]) => (isObject(p) ? fieldOf(name, p, required.includes(name)) : undefined));
  return fields.every((f) => f !== undefined) ? fields : undefined;
}

function fieldOf(name: string, p: Json, required: boolean): Field | undefined {
  const list = p.type === 'array' && isObject(p.items);
  const options = optionsOf(list ? (p.items as Json) : p);
  const type = list ? 'list' : options.length > 0 ? 'enum' : str(p.type);
  if (!['string', 'number', 'integer', 'boolean', 'enum', 'list'].includes(type)) return undefined;
  if (list && options.length === 0) return undefined;
  return {
    name, label: str(p.title) || name, hint: str(p.description), required, type: type as Field['type'], format: str(p.format), options,
    min: num(p.minimum) ?? num(p.minLength), max: num(p.maximum) ?? num(p.maxLength), start: startOf(type, p.default),
  };
}

function startOf(type: string, given: unknown): Field['start'] {
  if (type === 'boolean') return given === true;
  if (type === 'list') return Array.isArray(given) ? given.map(String) : [];
  return given === undefined || given === null ? '' : String(given);
}

function optionsOf(p: Json): Field['options'] {
  const titled = Array.isArray(p.oneOf) ? p.oneOf : Array.isArray(p.anyOf) ? p.anyOf : undefined;
  if (titled) {
    return titled.filter(isObject).filter((o) => typeof o.const === 'string').slice(0, maxOptions)
      .map((o) => ({ value: str(o.const), label: str(o.title) || str(o.const) }));
  }
  if (!Array.isArray(p.enum)) return [];
  const names = Array.isArray(p.enumNames) ? p.enumNames : [];
  return p.enum.filter((v) => typeof v === 'string').slice(0, maxOptions).map((value, i) => ({ value, label: str(names[i]) || value }));
}

/** The form's content from what was put in: numbers as numbers, what was left empty left out. */
export function contentOf(fields: Field[], values: Record<string, string | boolean | string[]>): Json {
  const out: Json = {};
  for (const f of fields) {
    const v = values[f.name];
    if (v === undefined || v === '' || (Array.isArray(v) && v.length === 0 && !f.required)) continue;
    out[f.name] = f.type === 'number' || f.type === 'integer' ? Number(v) : v;
  }
  return out;
}
