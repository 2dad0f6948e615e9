/** The UI's own addresses. */
export type Route =
  | { name: 'chat'; id: string }
  | { name: 'orders' }
  | { name: 'receipt'; id: string }
  | { name: 'wallet' }
  | { name: 'profile' };

export function parse(path: string): Route {
  const [head = '', id = ''] = path.split('/').filter(Boolean).map(decode);
  if (head === 'orders') return id ? { name: 'receipt', id } : { name: 'orders' };
  if (head === 'wallet') return { name: 'wallet' };
  if (head === 'profile') return { name: 'profile' };
  return { name: 'chat', id: head === 'c' ? id : '' };
}

function decode(part: string): string {
  try { return decodeURIComponent(part); } catch { return ''; }
}

export function pathOf(route: Route): string {
  switch (route.name) {
    case 'chat': return route.id ? `/c/${encodeURIComponent(route.id)}` : '/';
    case 'receipt': return `/orders/${encodeURIComponent(route.id)}`;
    default: return `/${route.name}`;
  }
}

class Router {
  route = $state.raw<Route>(parse(location.pathname));

  constructor() {
    addEventListener('popstate', () => { this.route = parse(location.pathname); });
  }

  go(route: Route, replace = false) {
    const path = pathOf(route);
    if (path !== location.pathname) history[replace ? 'replaceState' : 'pushState'](null, '', path);
    this.route = route;
  }
}

export const router = new Router();

/** Makes a link follow inside the page; a click for a new tab stays the browser's. */
export function link(node: HTMLAnchorElement) {
  const click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.go(parse(new URL(node.href).pathname));
  };
  node.addEventListener('click', click);
  return { destroy: () => node.removeEventListener('click', click) };
}
