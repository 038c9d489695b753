export { TrainingModule } from './training.module.js';
export { ClassesForOfficer, type ClassForOfficer } from './classes-for-officer.queries.js';
export { TrainingHours, type CreditedClass, type PrePostHours } from './training-hours.queries.js';
