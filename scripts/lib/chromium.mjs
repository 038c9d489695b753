/** A real browser for the journeys: the one that is named, one that is there, or one that is installed now. Node built-ins only. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const works = (file) => spawnSync(file, ['--version'], { timeout: 30_000 }).status === 0;

/** Only where nobody is asked for anything: as root, on a system with apt, and unless CHROMIUM_INSTALL=0 forbids it. */
const mayInstall = () =>
  process.env.CHROMIUM_INSTALL !== '0' && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');

function install(log) {
  log('chromium: installing it (apt-get install chromium fonts-noto-cjk) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, timeout: 600_000, stdio: 'ignore' }).status === 0;
  const packages = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
  return apt(...packages) || (apt('update') && apt(...packages));
}

/** @returns the path of a browser that runs, or undefined */
export function findChromium(log) {
  const named = process.env.CHROMIUM_PATH;
  if (named) return works(named) ? named : undefined;
  const present = () => PLACES.find((file) => fs.existsSync(file) && works(file));
  return present() ?? (mayInstall() && install(log) ? present() : undefined);
}
