export { OfficersModule } from './officers.module.js';
export { OfficerDirectory, type KnownOfficer } from './officer-directory.queries.js';
/** What figures, lists and other rooms ask of a row of `officers o`. */
export { couldBeSent, holdsCertificate, inService, type OfficerClause } from './officer-standing.queries.js';
export { OfficerIdentity } from './officer-identity.js';
export { OfficerRepairs } from './officer-repairs.js';
export { OfficersLock, type LockedOfficer } from './officers-lock.js';
export { RegisterOfficers, type NewOfficer } from './register-officers.js';
export { OfficerPhotos, type CurrentPhoto } from './photo/officer-photos.js';
