import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/index.js';
import { CheckPublications } from './check-publications.js';
import { PreparePublications } from './prepare-publications.js';
import { PublicOfficersController } from './public-officers.controller.js';
import { PublicOfficerQueries } from './public-officers.queries.js';
import { PublicationDesk } from './publication-desk.js';
import { PublicationsController } from './publications.controller.js';
import { PublicationQueries } from './publications.queries.js';
import { CertificateMovedHandler, WatchPublications } from './watch-publications.js';

/** Which officers the public may see: two persons, two clocks, and nobody whose card or post has ended. */
@Module({
  imports: [CertificatesModule],
  controllers: [PublicationsController, PublicOfficersController],
  providers: [
    CheckPublications,
    PreparePublications,
    PublicOfficerQueries,
    PublicationDesk,
    PublicationQueries,
    WatchPublications,
    CertificateMovedHandler,
  ],
})
export class PublicationModule {}
