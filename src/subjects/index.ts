export { SubjectsModule } from './subjects.module.js';
/** `lock(actor, ids)`, `lockOne(actor, id)`: bodies within the actor's scope, FOR UPDATE, in ascending id. */
export { SubjectQueries, type SubjectRow } from './bodies/subjects.queries.js';
/** `byCodes(codes)`: matters, or 404. */
export { MatterQueries, type MatterRow } from './matters/matters.queries.js';
