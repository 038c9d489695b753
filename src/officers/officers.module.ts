import { Module } from '@nestjs/common';
import { ChangeOfficer } from './change-officer.js';
import { LeaveService } from './leave-service.js';
import { OfficerDirectory } from './officer-directory.queries.js';
import { OfficerIdentity } from './officer-identity.js';
import { OfficerInput } from './officer-input.js';
import { OfficerRecords } from './officer-records.js';
import { OfficerRepairs } from './officer-repairs.js';
import { OfficerRosterImport, RosterDesk } from './officer-roster.import.js';
import { RosterConsequencesQueries } from './roster-consequences.queries.js';
import { RosterQueries } from './officer-roster.queries.js';
import { RosterReader } from './officer-roster.reader.js';
import { RosterRevert } from './officer-roster.revert.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import { OfficerVerbsController } from './officer-verbs.controller.js';
import { OfficersController } from './officers.controller.js';
import { OfficersLock } from './officers-lock.js';
import { OfficersQueries } from './officers.queries.js';
import { OrderOffPost } from './order-off-post.js';
import { OfficerPhotos } from './photo/officer-photos.js';
import { PhotoController } from './photo/photo.controller.js';
import { PutPhoto } from './photo/put-photo.js';
import { ReadPhoto } from './photo/read-photo.js';
import { RegisterOfficer } from './register-officer.js';
import { RegisterOfficers } from './register-officers.js';
import { ReturnToPost } from './return-to-post.js';
import { RevealIdNumber } from './reveal-id-number.js';
import { RevealsQueries } from './reveals.queries.js';
import { SearchOfficers } from './search-officers.js';
import { TransferOfficer } from './transfer-officer.js';

@Module({
  controllers: [OfficersController, OfficerVerbsController, PhotoController],
  providers: [
    ChangeOfficer,
    LeaveService,
    OfficerDirectory,
    OfficerIdentity,
    OfficerInput,
    OfficerPhotos,
    OfficerRecords,
    OfficerRepairs,
    OfficerRosterImport,
    RosterConsequencesQueries,
    RosterDesk,
    OfficerServiceFacts,
    OfficersLock,
    OfficersQueries,
    OrderOffPost,
    PutPhoto,
    ReadPhoto,
    RegisterOfficer,
    RegisterOfficers,
    ReturnToPost,
    RevealIdNumber,
    RevealsQueries,
    RosterQueries,
    RosterReader,
    RosterRevert,
    SearchOfficers,
    TransferOfficer,
  ],
  exports: [OfficerDirectory, OfficerIdentity, OfficerPhotos, OfficerRepairs, OfficersLock, RegisterOfficers],
})
export class OfficersModule {}
