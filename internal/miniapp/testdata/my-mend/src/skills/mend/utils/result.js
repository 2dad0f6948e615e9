export const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
