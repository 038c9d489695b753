export { PublicationModule } from './publication.module.js';
/** For the demonstration data. */
export { PreparePublications } from './prepare-publications.js';
export { CheckPublications } from './check-publications.js';
export { WatchPublications } from './watch-publications.js';
