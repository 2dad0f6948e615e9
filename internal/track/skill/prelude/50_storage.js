// The storage family. A missing key is '' (wx, at once), a failure (wx, later) or data: null (my).
const read = (key) => { const s = box.get(String(key)); return s === null ? undefined : parse(s); };
const write = (key, data) => {
  const s = stringify(data);
  try { box.set(String(key), s === undefined ? '""' : s); } catch (e) {
    throw new Refusal(/full|beyond/.test(e.message) ? 'exceed storage max size 10Mb' : e.message, 'network');
  }
};
const keyOf = (args) => (isObject(args[0]) ? args[0].key : args[0]);
const wanted = (key) => { if (key === undefined || key === null || key === '') throw new Refusal('parameter error: parameter.key should be a non-empty string', 'missing'); return String(key); };
const storageInfo = () => assign({ keys: box.keys(), currentSize: Math.ceil(box.size() / 1024), limitSize: 10240 }, MY ? { success: true } : {});
const mountStorage = (api) => {
  const ok = () => (MY ? { success: true } : {});
  const sync = (name, work) => { api[name] = atOnce(name, work); };
  sync('setStorageSync', (...args) => { const o = isObject(args[0]) && args.length === 1 ? args[0] : { key: args[0], data: args[1] }; write(wanted(o.key), o.data); return MY ? ok() : undefined; });
  api.setStorage = later('setStorage', (o) => { write(wanted(o.key), o.data); return ok(); });
  sync('getStorageSync', (...args) => {
    const data = read(wanted(keyOf(args)));
    if (MY) return { data: data === undefined ? null : data, success: true };
    return data === undefined ? '' : data;
  });
  api.getStorage = later('getStorage', (o) => {
    const data = read(wanted(o.key));
    if (data === undefined && !MY) throw new Refusal('data not found', 'unknown');
    return assign({ data: data === undefined ? null : data }, ok());
  });
  sync('removeStorageSync', (...args) => { box.remove(wanted(keyOf(args))); return MY ? ok() : undefined; });
  api.removeStorage = later('removeStorage', (o) => { box.remove(wanted(o.key)); return ok(); });
  sync('clearStorageSync', () => { box.clear(); return MY ? ok() : undefined; });
  api.clearStorage = later('clearStorage', () => { box.clear(); return ok(); });
  sync('getStorageInfoSync', storageInfo);
  api.getStorageInfo = later('getStorageInfo', storageInfo);
  const setAll = (list) => { for (const e of isArray(list) ? list : []) write(wanted(e.key), own(e, 'value') ? e.value : e.data); return {}; };
  const getAll = (list) => (isArray(list) ? list : []).map((k) => { const v = read(wanted(k)); return v === undefined ? '' : v; });
  sync('batchSetStorageSync', (list) => { setAll(isArray(list) ? list : list && list.kvList); });
  api.batchSetStorage = later('batchSetStorage', (o) => setAll(o.kvList));
  sync('batchGetStorageSync', (list) => getAll(isArray(list) ? list : list && list.keyList));
  api.batchGetStorage = later('batchGetStorage', (o) => ({ dataList: getAll(o.keyList) }));
};
