import { Injectable } from '@nestjs/common';
import { HandlesTopic, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { BatchWorker } from './batch-worker.js';

/** The doorbell of a new batch. Rung twice it does nothing twice: the lease and the states decide. */
@HandlesTopic('certificate-batch.advance')
@Injectable()
export class AdvanceBatchHandler implements TopicHandler {
  readonly longRunning = true;

  constructor(private readonly worker: BatchWorker) {}

  async handle({ batchId }: { readonly batchId: string }): Promise<void> {
    await this.worker.advance(batchId);
  }
}
