export { ExamsModule } from './exams.module.js';
export { EligibilityQueries, type PersonFacts, type PersonQuestion } from './eligibility.queries.js';
export { ExamsForOfficer, type ExamForOfficer } from './exams-for-officer.queries.js';
export { PassVoids } from './pass-voids.js';
export { PassesQueries, type PassRow } from './passes.queries.js';
