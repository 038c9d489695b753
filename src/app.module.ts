import { Module } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { CertificatesModule } from './certificates/index.js';
import { DutyModule } from './duty/index.js';
import { ExamsModule } from './exams/index.js';
import { IdentityModule } from './identity/index.js';
import { ImportsModule } from './imports/index.js';
import { InfrastructureModule } from './infrastructure/infrastructure.module.js';
import { NoticesModule } from './notices/index.js';
import { OfficersModule } from './officers/index.js';
import { PublicationModule } from './publication/index.js';
import { QualificationModule } from './qualification/index.js';
import { SubjectsModule } from './subjects/index.js';
import { TrainingModule } from './training/index.js';
import { WorkbenchModule } from './workbench/index.js';

/** The rooms, from left to right; nothing else. */
@Module({
  imports: [
    InfrastructureModule,
    AuditModule,
    IdentityModule,
    SubjectsModule,
    OfficersModule,
    TrainingModule,
    ExamsModule,
    QualificationModule,
    CertificatesModule,
    PublicationModule,
    DutyModule,
    ImportsModule,
    WorkbenchModule,
    NoticesModule,
  ],
})
export class AppModule {}
