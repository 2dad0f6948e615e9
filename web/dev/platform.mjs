// A real platform of its own: the built binary, a fresh data folder, the demo merchants with the faults one asks for,
// and further merchants. For the end-to-end tests and for screenshots.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env.BANGWO_BIN ?? fileURLToPath(new URL('../../bin/bangwo', import.meta.url));
const patience = 30_000;

/**
 * @typedef {{ faults?: Record<string, Record<string, string | number | boolean>>, shops?: Record<string, object>, packages?: Record<string, { folder: string, name: string }>, args?: string[] }} Wishes
 * faults: by demo service, environment of an MCP server or storage of a package; shops: MCP merchants of e2e/merchants/shop.mjs by id;
 * packages: by id.
 */

/** @param {Wishes} wishes @returns {Promise<Platform>} */
export async function platform(wishes = {}) {
  const data = mkdtempSync(join(tmpdir(), 'bangwo-ui-'));
  const run = (...args) => execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  // What is added under a demo merchant's id, reached as that one is, stands when the platform starts.
  const plain = Object.keys(wishes.faults ?? {}).length > 0;
  if (plain) run('ask', '--demo', '--data', data, '--plan', '余额');
  const listed = plain ? JSON.parse(run('service', 'list', '--data', data, '--json')) : [];
  for (const [id, faults] of Object.entries(wishes.faults ?? {})) {
    const { source, name } = listed.find((s) => s.id === id);
    const pairs = Object.entries(faults).map(([k, v]) => `${k}=${v}`);
    run('service', 'remove', id, '--data', data);
    const how = source.track === 'mcp' ? [...pairs.flatMap((p) => ['--env', p]), '--', source.path, ...(source.args ?? [])]
      : [...pairs.flatMap((p) => ['--storage', p]), source.path];
    run('service', 'add', '--data', data, '--id', id, '--name', name, ...how);
  }
  const shop = fileURLToPath(new URL('../e2e/merchants/shop.mjs', import.meta.url));
  for (const [id, about] of Object.entries(wishes.shops ?? {})) {
    run('service', 'add', '--data', data, '--id', id, '--name', about.name, '--', process.execPath, shop, JSON.stringify(about));
  }
  for (const [id, { folder, name }] of Object.entries(wishes.packages ?? {})) run('service', 'add', '--data', data, '--id', id, '--name', name, folder);
  const made = new Platform(data, wishes.args ?? []);
  await made.start();
  return made;
}

export class Platform {
  #child;
  #addr = '127.0.0.1:0';

  constructor(data, args) {
    this.data = data;
    this.args = args;
    this.url = '';
  }

  /** Starts it, where it was before if it ran already. */
  start() {
    const child = spawn(binary, ['serve', '--demo', '--data', this.data, '--addr', this.#addr, ...this.args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error('the platform did not start')), patience);
      child.once('exit', (code) => { clearTimeout(late); fail(new Error(`the platform ended with ${code}`)); });
      child.stdout.on('data', (chunk) => {
        const found = /http:\/\/(\S+)/.exec(String(chunk));
        if (!found || this.url && this.url !== found[0]) return;
        clearTimeout(late);
        child.removeAllListeners('exit');
        this.url = found[0];
        this.#addr = found[1];
        done(undefined);
      });
    });
  }

  /** Ends it and waits until it is gone: SIGTERM as Ctrl-C would, SIGKILL as a power cut. @param {NodeJS.Signals} signal */
  async end(signal = 'SIGTERM') {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  /** Ends it for good, with its data. */
  async close() {
    await this.end();
    rmSync(this.data, { recursive: true, force: true });
  }
}
