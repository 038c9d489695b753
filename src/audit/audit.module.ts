import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './audit.controller.js';
import { AuditQueries } from './audit.queries.js';
import { CheckpointSeal } from './checkpoint-seal.js';
import { SealChain } from './seal-chain.js';
import { VerifyChain } from './verify-chain.js';
import { Witness } from './witness.js';

@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditTrail, AuditQueries, CheckpointSeal, SealChain, VerifyChain, Witness],
  exports: [AuditTrail, VerifyChain],
})
export class AuditModule {}
