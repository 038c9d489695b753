import { pino } from 'pino';

/** A log that nobody reads is cut off here, before it fills the memory. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * JSON lines on stdout, written beside the work and flushed when the process ends. What is logged is chosen by the caller, field by field: never a body, a query string, an error message
 * of a driver, SQL or parameters.
 */
export const logger = pino(
  {
    level: 'info',
    base: { service: 'chizheng' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination({ dest: 1, sync: false, maxLength: MOST_WAITING_BYTES }),
);
