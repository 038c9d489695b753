import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { AppModule } from './app.module.js';
import { seed } from './demo/seed.js';
import { migrate } from './infrastructure/database/migrate.js';
import { logger } from './infrastructure/logging/logger.js';
import { NestLogger } from './infrastructure/logging/nest-logger.js';

const program = new Command('chizheng').description('Tasks of the people who run Chizheng');

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Opens the application without serving, does the task and closes it. */
async function within(task: (app: INestApplicationContext) => Promise<string>): Promise<void> {
  logger.level = 'error';
  const app = await NestFactory.createApplicationContext(AppModule, { logger: new NestLogger(), abortOnError: false });
  try {
    say(await task(app));
  } finally {
    await app.close();
  }
}

program
  .command('migrate')
  .description('bring the database up to date (owner account: DATABASE_OWNER_URL, else DATABASE_URL)')
  .action(async () => {
    const url = process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
    if (!url) throw new Error('DATABASE_OWNER_URL or DATABASE_URL is needed');
    const names = await migrate(url);
    say(names.length === 0 ? 'the database is up to date' : `migrated: ${names.join(', ')}`);
  });

program
  .command('seed')
  .description('load the demonstration data (DEMO=1, DEMO_PASSWORD) into an empty database; otherwise it does nothing')
  .action(() => within(seed));

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
});
