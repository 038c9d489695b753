import { Module } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { IdentityModule } from './identity/index.js';
import { InfrastructureModule } from './infrastructure/infrastructure.module.js';

/** The rooms, from left to right; nothing else. */
@Module({ imports: [InfrastructureModule, AuditModule, IdentityModule] })
export class AppModule {}
