export { SubjectsModule } from './subjects.module.js';
/** `lock(actor, ids)`, `lockOne(actor, id)`: bodies within the actor's scope, FOR UPDATE, in ascending id. */
export { SubjectQueries } from './bodies/subjects.queries.js';
export type { SubjectRow } from './bodies/subjects.rows.js';
/** `byCodes(codes)`: matters, or 404. */
export { MatterQueries } from './matters/matters.queries.js';
export type { MatterRow } from './matters/matters.rows.js';
/** For the chain of a body: its powers and its delegations with how they stand. */
export { PowerQueries } from './powers/powers.queries.js';
export { PowerView } from './powers/powers.view.js';
export { DelegationReader } from './delegations/delegation-reader.js';
export { DelegationView } from './delegations/delegations.view.js';
