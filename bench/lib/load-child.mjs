/** The load generator: reads one order on stdin, prints one result on stdout. */
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';

const order = JSON.parse(await text(process.stdin));

/** Every connection begins at another request, so that they do not ask for the same person at the same moment. */
async function load({ url, requests, headers, connections, seconds }) {
  let next = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers,
    requests: requests.slice(0, 1),
    setupClient: (client) => {
      const at = Math.floor((next++ / connections) * requests.length);
      client.setRequests([...requests.slice(at), ...requests.slice(0, at)]);
    },
  });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    requests: result.requests.total,
    bad: result.non2xx + result.errors + result.timeouts,
    why: `${result.non2xx} not 2xx, ${result.errors} errors, ${result.timeouts} timeouts`,
  };
}

async function oneByOne({ url, requests, headers, count }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const latencies = [];
  for (let i = 0; i < count; i += 1) {
    const { method, path, body, headers: more } = requests[i % requests.length];
    const since = performance.now();
    await new Promise((resolve, reject) => {
      const request = http.request(
        new URL(path, url),
        { method, agent, headers: { ...headers, ...more } },
        (response) => {
          response.on('error', reject);
          response.on('end', resolve);
          if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
          response.resume();
        },
      );
      request.on('error', reject);
      request.end(body);
    });
    latencies.push(performance.now() - since);
  }
  agent.destroy();
  return latencies;
}

/**
 * So many requests a second whatever the answers do, until SIGTERM. A latency counts from the moment when the request was due, so
 * that a server that stands still does not thin out what it is asked.
 */
async function paced({ url, requests, headers, perSecond }) {
  const agent = new http.Agent({ keepAlive: true });
  const latencies = [];
  const waiting = new Set();
  let bad = 0;
  let over = false;
  process.once('SIGTERM', () => (over = true));
  const ask = ({ method, path, body, headers: more }, due) =>
    new Promise((resolve) => {
      const failed = () => {
        bad += 1;
        resolve();
      };
      const request = http.request(
        new URL(path, url),
        { method, agent, headers: { ...headers, ...more } },
        (response) => {
          response.on('error', failed);
          response.on('end', () => {
            if (response.statusCode === 200) latencies.push(performance.now() - due);
            else bad += 1;
            resolve();
          });
          response.resume();
        },
      );
      request.on('error', failed);
      request.end(body);
    });
  const began = performance.now();
  for (let i = 0; !over; i += 1) {
    const due = began + (i * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const answered = ask(requests[i % requests.length], due).then(() => waiting.delete(answered));
    waiting.add(answered);
  }
  await Promise.all(waiting);
  agent.destroy();
  return { latencies, bad };
}

const result = await { load, oneByOne, paced }[order.how](order);
process.stdout.write(JSON.stringify(result), () => process.exit(0));
