import { CreateInfrastructure1763856000001 } from './1763856000001-create-infrastructure.js';
import { CreateSubjects1763856000002 } from './1763856000002-create-subjects.js';
import { CreateIdentity1763856000003 } from './1763856000003-create-identity.js';
import { CreateOfficers1763856000004 } from './1763856000004-create-officers.js';
import { CreateTrainingAndExams1763856000005 } from './1763856000005-create-training-and-exams.js';
import { CreateCertificates1763856000006 } from './1763856000006-create-certificates.js';
import { CreateDuty1763856000007 } from './1763856000007-create-duty.js';
import { CreateImports1763856000008 } from './1763856000008-create-imports.js';
import { FillSettings1763856000009 } from './1763856000009-fill-settings.js';
import { ExtendImports1763856000010 } from './1763856000010-extend-imports.js';
import { FollowCertificates1763856000012 } from './1763856000012-follow-certificates.js';
import { CreateAnnualReviews1763856000013 } from './1763856000013-create-annual-reviews.js';
import { CreateCalendar1763856000014 } from './1763856000014-create-calendar.js';
import { CreateVerification1763856000015 } from './1763856000015-create-verification.js';
import { FillVerificationSettings1763856000016 } from './1763856000016-fill-verification-settings.js';
import { CreatePublicationAndNotices1763856000017 } from './1763856000017-create-publication-and-notices.js';
import { ExamResits1763856000020 } from './1763856000020-exam-resits.js';
import { LightenImports1763856000022 } from './1763856000022-lighten-imports.js';
import { FillSigningSetting1763856000023 } from './1763856000023-fill-signing-setting.js';

/** All migrations in their order. A released one is never edited. */
export const MIGRATIONS = [
  CreateInfrastructure1763856000001,
  CreateSubjects1763856000002,
  CreateIdentity1763856000003,
  CreateOfficers1763856000004,
  CreateTrainingAndExams1763856000005,
  CreateCertificates1763856000006,
  CreateDuty1763856000007,
  CreateImports1763856000008,
  FillSettings1763856000009,
  ExtendImports1763856000010,
  FollowCertificates1763856000012,
  CreateAnnualReviews1763856000013,
  CreateCalendar1763856000014,
  CreateVerification1763856000015,
  FillVerificationSettings1763856000016,
  CreatePublicationAndNotices1763856000017,
  ExamResits1763856000020,
  LightenImports1763856000022,
  FillSigningSetting1763856000023,
];
