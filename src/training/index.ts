export { TrainingModule } from './training.module.js';
export { TrainingHours, type CreditedClass, type PrePostHours } from './training-hours.queries.js';
