export function read(key, fallback) {
  const { data } = my.getStorageSync({ key });
  return data === null || data === undefined || data === '' ? fallback : data;
}

export function write(key, data) {
  my.setStorageSync({ key, data });
}
