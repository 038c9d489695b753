/** Peak memory of processes and of their children, from what the kernel says of them. */
import fs from 'node:fs';

const EVERY = 20;

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function childrenOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Seconds of processor time that a process has had, its ended children included; on a busy machine they tell more than the clock. */
export function cpuSeconds(pid) {
  try {
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / 100;
  } catch {
    return 0;
  }
}

/** Watches until `stop`, which gives the peaks in MB: one for each name, `children` for the largest child of any of them. */
export class MemoryWatch {
  #peaks = { children: 0 };
  #timer;

  constructor(pids) {
    this.pids = pids;
    this.#timer = setInterval(() => this.#look(), EVERY);
  }

  #look() {
    for (const [name, pid] of Object.entries(this.pids)) {
      // The kernel keeps the highest mark itself; a process that is gone keeps what was seen last.
      this.#peaks[name] = Math.max(this.#peaks[name] ?? 0, peakOf(pid));
      for (const child of childrenOf(pid)) this.#peaks.children = Math.max(this.#peaks.children, peakOf(child));
    }
  }

  stop() {
    if (this.#timer) this.#look();
    clearInterval(this.#timer);
    this.#timer = undefined;
    return Object.fromEntries(Object.entries(this.#peaks).map(([name, mb]) => [name, Math.round(mb)]));
  }
}
