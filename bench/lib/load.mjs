/** Load from processes of its own, so that the generator never shares a thread with what is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const CHILD = path.join(import.meta.dirname, 'load-child.mjs');
const running = new Set();

export const stopLoad = () => {
  for (const child of running) child.kill('SIGKILL');
};

async function inChild(order, onStart = () => {}) {
  const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  onStart(child);
  child.stdin.end(JSON.stringify(order));
  let text = '';
  child.stdout.on('data', (bytes) => (text += bytes));
  const [code] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) throw new Error(`the load generator ended with ${code}`);
  return JSON.parse(text);
}

/**
 * Many connections at once for some seconds.
 * @returns {Promise<{perSecond: number, p50: number, p99: number, requests: number}>} latencies in ms
 */
export async function load({ url, requests, headers, connections = 50, seconds }) {
  const result = await inChild({ how: 'load', url, requests, headers, connections, seconds });
  if (result.bad > 0) throw new Error(`${result.bad} of ${result.requests} requests failed (${result.why})`);
  return result;
}

/**
 * So many requests a second while the work goes on.
 * @returns {Promise<{latencies: number[], of: unknown}>} every latency in ms, and what the work gave
 */
export async function paced({ url, requests, headers, perSecond }, work) {
  let child;
  const loading = inChild({ how: 'paced', url, requests, headers, perSecond }, (started) => (child = started));
  let of;
  try {
    of = await work();
  } finally {
    child.kill('SIGTERM');
  }
  const { latencies, bad } = await loading;
  if (bad > 0) throw new Error(`${bad} requests failed`);
  return { latencies, of };
}

/** One request after the other over one connection. @returns {Promise<number[]>} every latency in ms */
export const oneByOne = ({ url, requests, headers, count }) =>
  inChild({ how: 'oneByOne', url, requests, headers, count });
