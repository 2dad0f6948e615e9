export async function flat() { return { content: [] } }
