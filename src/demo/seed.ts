import type { INestApplicationContext } from '@nestjs/common';
import { AppConfig } from '../infrastructure/config/app-config.js';
import { writeDemoFiles } from './demo-files.js';
import { loadDemo } from './demo.js';

/** `cli seed`: gives what to tell the person who started it. Safe to run at any time and any number of times. */
export async function seed(app: INestApplicationContext): Promise<string> {
  const config = app.get(AppConfig);
  if (!config.DEMO) return 'DEMO is off: no demonstration data';
  if (config.DEMO_PASSWORD === undefined) {
    throw new Error('DEMO_PASSWORD is needed: the password of the demonstration accounts, at least 10 characters');
  }
  const outcome = await loadDemo(app, config.DEMO_PASSWORD);
  if (outcome.status === 'FOREIGN') return 'this database is in use already: no demonstration data were loaded';
  const files = await writeDemoFiles(app);
  const told = [
    outcome.status === 'PRESENT'
      ? 'the demonstration data are there already'
      : `demonstration data loaded: ${Object.entries(outcome.counts)
          .map(([what, count]) => `${what} ${count}`)
          .join(', ')}`,
    ...files.map((path) => `to be imported: ${path}`),
  ];
  return told.join('\n');
}
