import { Module } from '@nestjs/common';
import { ExamsModule } from '../exams/index.js';
import { OfficersModule } from '../officers/index.js';
import { TrainingModule } from '../training/index.js';
import { BarCheatersHandler } from './bar-cheaters.handler.js';
import { Bars } from './bars.js';
import { CertificateFactsQueries } from './certificate-facts.queries.js';
import { OfficerQualificationQueries } from './officer-qualification.queries.js';
import { QualificationController } from './qualification.controller.js';
import { Readiness } from './readiness.js';

@Module({
  imports: [OfficersModule, TrainingModule, ExamsModule],
  controllers: [QualificationController],
  providers: [BarCheatersHandler, Bars, CertificateFactsQueries, OfficerQualificationQueries, Readiness],
  exports: [Bars, Readiness],
})
export class QualificationModule {}
