// Runs before the first paint, so that a chosen theme does not flash. The page's policy allows no inline script.
try {
  const theme = localStorage.getItem('bangwo.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // storage is switched off: the system's theme is used
}
