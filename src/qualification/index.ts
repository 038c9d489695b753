export { QualificationModule } from './qualification.module.js';
export { Bars, type BarSource, type NewBar } from './bars.js';
export { Readiness, type ReadinessFacts, type ReadinessQuestion } from './readiness.js';
export { type Way, Ways } from './ways.js';
