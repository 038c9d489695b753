import { Module } from '@nestjs/common';
import { OfficersModule } from '../officers/index.js';
import { ClassesForOfficer } from './classes-for-officer.queries.js';
import { CloseTrainingClass } from './close-training-class.js';
import { CreateTrainingClass } from './create-training-class.js';
import { CreateTrainingPlan } from './create-training-plan.js';
import { EnrolOfficers } from './enrol-officers.js';
import { HoursReachedQueries } from './hours-reached.queries.js';
import { RecordAttendance } from './record-attendance.js';
import { ShowTrainingHours } from './show-training-hours.js';
import { TrainingClasses } from './training-classes.js';
import { TrainingClassesController } from './training-classes.controller.js';
import { TrainingHours } from './training-hours.queries.js';
import { HoursReachedController, TrainingHoursController } from './training-hours.controller.js';
import { TrainingHoursImport } from './training-hours.import.js';
import { TrainingHoursReader } from './training-hours.reader.js';
import { TrainingPlansController } from './training-plans.controller.js';
import { TrainingQueries } from './training.queries.js';

@Module({
  imports: [OfficersModule],
  controllers: [TrainingPlansController, TrainingClassesController, TrainingHoursController, HoursReachedController],
  providers: [
    ClassesForOfficer,
    CloseTrainingClass,
    CreateTrainingClass,
    CreateTrainingPlan,
    EnrolOfficers,
    HoursReachedQueries,
    RecordAttendance,
    ShowTrainingHours,
    TrainingClasses,
    TrainingHours,
    TrainingHoursImport,
    TrainingHoursReader,
    TrainingQueries,
  ],
  exports: [ClassesForOfficer, TrainingHours],
})
export class TrainingModule {}
