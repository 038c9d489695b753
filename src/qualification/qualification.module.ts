import { Module } from '@nestjs/common';
import { ExamsModule } from '../exams/index.js';
import { OfficersModule } from '../officers/index.js';
import { TrainingModule } from '../training/index.js';
import { BarCheatersHandler } from './bar-cheaters.handler.js';
import { Bars } from './bars.js';
import { OfficerQualificationQueries } from './officer-qualification.queries.js';
import { QualificationController } from './qualification.controller.js';
import { Readiness } from './readiness.js';
import { Ways } from './ways.js';

@Module({
  imports: [OfficersModule, TrainingModule, ExamsModule],
  controllers: [QualificationController],
  providers: [BarCheatersHandler, Bars, OfficerQualificationQueries, Readiness, Ways],
  exports: [Bars, Readiness, Ways],
})
export class QualificationModule {}
