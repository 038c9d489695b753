export { ImportsModule } from './imports.module.js';
/** For figures: which imports somebody sees. */
export { ImportDefinitions } from './import-definitions.js';
export { ImportKindsModule } from './import-kinds.module.js';
export { importSight } from './import-sight.queries.js';
