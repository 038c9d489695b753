import 'reflect-metadata';
import { setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { AppConfig } from './infrastructure/config/app-config.js';
import { logger } from './infrastructure/logging/logger.js';
import { NestLogger } from './infrastructure/logging/nest-logger.js';
import { EventWorker } from './infrastructure/queue/event-worker.js';
import { exitWithParent, reportStartFailure } from './process.js';

/** Who waits at a duty desk goes before a long import: on a busy machine the worker and its readers stand back. */
const STANDS_BACK = 10;
/**
 * How far the heap may grow between two full collections, in percent. By default it may become four times what was in use: the
 * leavings of a long import, portion after portion, would make a process of 200 MB one of 450 MB.
 */
const HEAP_GROWS_BY = 70;

/** The worker process: relay, topic handlers, sweepers. */
async function main(): Promise<void> {
  standBack();
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWS_BY}`);
  const context = await NestFactory.createApplicationContext(AppModule, {
    logger: new NestLogger(),
    abortOnError: false,
  });
  logger.level = context.get(AppConfig).LOG_LEVEL;
  const worker = context.get(EventWorker);
  await worker.start();
  const stop = (): void => {
    void worker
      .stop()
      .then(() => context.close())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  exitWithParent(stop);
  logger.info('working');
  process.send?.('ready');
}

/** Where the system does not allow it the worker runs as everybody else. */
function standBack(): void {
  try {
    setPriority(STANDS_BACK);
  } catch {
    logger.warn('the priority of the worker could not be lowered');
  }
}

main().catch(reportStartFailure);
