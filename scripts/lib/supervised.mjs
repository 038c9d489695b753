/** One child process that is kept alive: started, waited for, restarted with growing pauses when it dies, and stopped. */
import { spawn } from 'node:child_process';
import { endProcess, PlainError, sleep } from './common.mjs';

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5000;
const STEADY_AFTER = 10_000;

export class Supervised {
  #child;
  #stopping = false;
  #pause = FIRST_PAUSE;
  #running;

  /**
   * @param {object} what
   * @param {string} what.name                      in messages
   * @param {() => Promise<{command: string, args: string[], options?: object}>} what.prepare   before every start
   * @param {(child, failed: () => boolean) => Promise<void>} what.ready   resolves when it serves, may poll `failed`
   * @param {(child) => void} [what.attach]         right after the spawn
   * @param {(line: string) => void} what.log
   * @param {number} what.patience                  milliseconds between the request to end and the end by force
   */
  constructor(what) {
    this.what = what;
  }

  get pid() {
    return this.#child?.pid;
  }

  get child() {
    return this.#child;
  }

  /** The first start: whoever calls learns of a failure. Later deaths are handled here. */
  async start() {
    await this.#once();
    this.#running = this.#keepAlive();
  }

  async #once() {
    const { command, args, options } = await this.what.prepare();
    if (this.#stopping) return;
    // A process group of its own: Ctrl-C in the terminal reaches only the starter, which stops things in the right order.
    const child = spawn(command, args, { stdio: 'ignore', detached: true, ...options });
    this.#child = child;
    child.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    let ending;
    void child.ended.then((how) => (ending = how));
    child.startedAt = Date.now();
    this.what.attach?.(child);
    const failed = () => ending !== undefined || this.#stopping;
    try {
      await Promise.race([this.what.ready(child, failed), child.ended]);
    } catch (error) {
      if (ending === undefined && child.pid !== undefined) await endProcess(child.pid, this.what.patience);
      throw error;
    }
    if (ending !== undefined && !this.#stopping) {
      throw new PlainError(`${this.what.name} 未能启动（${ending}）。`, `${this.what.name} did not start (${ending}).`);
    }
  }

  async #keepAlive() {
    for (;;) {
      const how = await this.#child.ended;
      if (this.#stopping) return;
      if (Date.now() - this.#child.startedAt > STEADY_AFTER) this.#pause = FIRST_PAUSE;
      this.what.log(`${this.what.name} ended (${how}), restarting in ${this.#pause} ms`);
      await this.#wait();
      if (this.#stopping) return;
      try {
        await this.#once();
        if (!this.#stopping) this.what.log(`${this.what.name} is back (process ${this.pid})`);
      } catch (error) {
        this.what.log(error.message);
      }
    }
  }

  async #wait() {
    const pause = this.#pause;
    this.#pause = Math.min(pause * 2, LONGEST_PAUSE);
    for (const until = Date.now() + pause; Date.now() < until && !this.#stopping;) await sleep(20);
  }

  /** Ends the child and starts it anew at once, for changed code. */
  async restart() {
    const child = this.#child;
    this.#pause = FIRST_PAUSE;
    if (child?.pid !== undefined) await endProcess(child.pid, this.what.patience);
  }

  /** True when it ended by itself within its time. */
  async stop() {
    this.#stopping = true;
    const child = this.#child;
    let clean = true;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      clean = await endProcess(child.pid, this.what.patience);
      await child.ended;
    }
    await this.#running;
    return clean;
  }

  /** No more patience: ends it now. */
  kill() {
    this.#stopping = true;
    this.#child?.kill('SIGKILL');
  }
}
