import { logger } from './infrastructure/logging/logger.js';

/** A process whose supervisor is gone has nobody who would stop it: it ends itself. */
export function exitWithParent(stop: () => void): void {
  if (process.send) process.once('disconnect', stop);
}

/** Why a process could not start, in one line on stderr and in the log; our own start errors name no secret. */
export function reportStartFailure(error: unknown): void {
  const message = error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n') : 'unknown';
  logger.fatal({ error: error instanceof Error ? error.name : 'unknown' }, 'could not start');
  process.stderr.write(`could not start: ${message}\n`);
  process.exit(1);
}
