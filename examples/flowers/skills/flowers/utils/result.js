// priv 只给卡片：手机号、完整地址等原值不进入 structuredContent
export function ok(text, structuredContent, priv) {
  const result = { isError: false, content: [{ type: 'text', text }], structuredContent };
  if (priv) result._meta = { private: priv };
  return result;
}

export function fail(text) {
  return { isError: true, content: [{ type: 'text', text }] };
}
