import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { AppModule } from './app.module.js';
import { auditVerify } from './cli/audit-verify.js';
import { init, type InitOptions } from './cli/init.js';
import { writeApi } from './cli/write-api.js';
import { seed } from './demo/seed.js';
import { migrate } from './infrastructure/database/migrate.js';
import { createApp, prefixRoutes } from './infrastructure/http/create-app.js';
import { inventoryLines, routesOf } from './infrastructure/http/route-inventory.js';
import { logger } from './infrastructure/logging/logger.js';
import { NestLogger } from './infrastructure/logging/nest-logger.js';
import { openApiDocument } from './openapi.js';

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

program
  .command('init')
  .description(
    'begin a real installation: the root body and its two administrators (ADMIN_PASSWORD, SECURITY_PASSWORD)',
  )
  .requiredOption('--name <name>', 'name of the root body')
  .requiredOption('--uscc <code>', 'its unified social credit code')
  .requiredOption('--division <code>', 'its division code, e.g. 410102')
  .requiredOption('--admin-username <name>', 'user name of the first system administrator')
  .option('--security-username <name>', 'user name of the first security administrator', 'security-admin')
  .action((options: InitOptions) =>
    within((app) =>
      init(app, options, { admin: process.env['ADMIN_PASSWORD'], security: process.env['SECURITY_PASSWORD'] }),
    ),
  );

program
  .command('audit-verify')
  .description('recompute the whole audit trail; ends with 1 when it is broken')
  .action(() => within(auditVerify));

program
  .command('api')
  .description('write docs/openapi.json and docs/routes.txt')
  .action(async () => {
    logger.level = 'error';
    const app = await createApp(AppModule);
    try {
      prefixRoutes(app);
      say(await writeApi('docs', openApiDocument(app), inventoryLines(routesOf(AppModule))));
    } finally {
      await app.close();
    }
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
});
