import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics tells. Labels hold route templates and codes, never ids or names. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'chizheng_http_request_seconds',
    help: 'HTTP requests by route template',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly decisions = new Counter({
    name: 'chizheng_duty_decisions_total',
    help: 'Duty decisions by result',
    labelNames: ['occasion', 'cleared'] as const,
    registers: [this.registry],
  });
  readonly importRows = new Counter({
    name: 'chizheng_import_rows_total',
    help: 'Imported rows by outcome',
    labelNames: ['kind', 'state'] as const,
    registers: [this.registry],
  });
  readonly waitingEvents = new Gauge({
    name: 'chizheng_outbox_waiting',
    help: 'Outbox rows that were not sent yet',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
