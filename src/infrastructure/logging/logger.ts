import { pino } from 'pino';

/**
 * JSON lines on stdout. What is logged is chosen by the caller, field by field: never a body, a query string, an error message
 * of a driver, SQL or parameters.
 */
export const logger = pino({
  level: 'info',
  base: { service: 'chizheng' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
