// The machine's own Chromium, with the switches that keep it quiet and off the network.
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const executablePath = process.env.BANGWO_CHROMIUM || process.env.CHROMIUM || places.find((p) => existsSync(p));
export const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
