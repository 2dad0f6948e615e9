export type Theme = 'system' | 'light' | 'dark';
const stored = 'bangwo.theme';

function first(): Theme {
  const set = document.documentElement.dataset.theme;
  return set === 'light' || set === 'dark' ? set : 'system';
}

class Appearance {
  theme = $state<Theme>(first());

  use(theme: Theme) {
    this.theme = theme;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      if (theme === 'system') localStorage.removeItem(stored);
      else localStorage.setItem(stored, theme);
    } catch { /* storage is switched off */ }
  }
}

export const appearance = new Appearance();
