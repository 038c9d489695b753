import 'reflect-metadata';
import { Command } from 'commander';
import { migrate } from './infrastructure/database/migrate.js';

const program = new Command('chizheng').description('Tasks of the people who run Chizheng');

program
  .command('migrate')
  .description('bring the database up to date (owner account: DATABASE_OWNER_URL, else DATABASE_URL)')
  .action(async () => {
    const url = process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
    if (!url) throw new Error('DATABASE_OWNER_URL or DATABASE_URL is needed');
    const names = await migrate(url);
    process.stdout.write(names.length === 0 ? 'the database is up to date\n' : `migrated: ${names.join(', ')}\n`);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
});
