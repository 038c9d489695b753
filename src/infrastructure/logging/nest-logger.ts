import type { LoggerService } from '@nestjs/common';
import { logger } from './logger.js';

/** Nest's own messages as JSON lines. Objects are not serialised: they may hold anything. */
export class NestLogger implements LoggerService {
  log(message: unknown, ...rest: unknown[]): void {
    logger.debug({ context: contextOf(rest) }, textOf(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    logger.error({ context: contextOf(rest) }, textOf(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    logger.warn({ context: contextOf(rest) }, textOf(message));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    logger.trace({ context: contextOf(rest) }, textOf(message));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    logger.trace({ context: contextOf(rest) }, textOf(message));
  }
}

const textOf = (message: unknown): string =>
  typeof message === 'string' ? message : message instanceof Error ? message.name : 'a message that is no text';

const contextOf = (rest: readonly unknown[]): string | undefined => {
  const last = rest.at(-1);
  return typeof last === 'string' && last.length < 80 ? last : undefined;
};
