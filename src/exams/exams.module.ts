import { Module } from '@nestjs/common';
import { OfficersModule } from '../officers/index.js';
import { CandidatesQueries } from './candidates.queries.js';
import { CreateExam } from './create-exam.js';
import { DownloadResultsSheet } from './download-results-sheet.js';
import { EligibilityQueries } from './eligibility.queries.js';
import { ExamCandidatesController } from './exam-candidates.controller.js';
import { ExamEntries } from './exam-entries.js';
import { ExamsForOfficer } from './exams-for-officer.queries.js';
import { ExamResultsImport, ExamSheetDesk } from './exam-results.import.js';
import { ExamsController } from './exams.controller.js';
import { ExamsQueries } from './exams.queries.js';
import { PassVoids } from './pass-voids.js';
import { PassesQueries } from './passes.queries.js';
import { EntryHistory } from './entry-history.queries.js';
import { RecordResults } from './record-results.js';
import { RegisterCandidates } from './register-candidates.js';
import { ReleaseExam } from './release-exam.js';
import { RepairCandidates } from './repair-candidates.js';
import { ResultConsequencesQueries } from './result-consequences.queries.js';
import { ResultsSheet } from './results-sheet.js';
import { RevertResults } from './revert-results.js';
import { SittingsQueries } from './sittings.queries.js';
import { UnitQueries } from './unit.queries.js';
import { VoidCheaters } from './void-cheaters.js';

@Module({
  imports: [OfficersModule],
  controllers: [ExamsController, ExamCandidatesController],
  providers: [
    CandidatesQueries,
    CreateExam,
    DownloadResultsSheet,
    EligibilityQueries,
    ExamEntries,
    ExamsForOfficer,
    ExamResultsImport,
    ExamsQueries,
    PassesQueries,
    EntryHistory,
    PassVoids,
    RecordResults,
    RegisterCandidates,
    ReleaseExam,
    RepairCandidates,
    ResultConsequencesQueries,
    ResultsSheet,
    ExamSheetDesk,
    RevertResults,
    SittingsQueries,
    UnitQueries,
    VoidCheaters,
  ],
  exports: [EligibilityQueries, ExamsForOfficer, PassesQueries, PassVoids],
})
export class ExamsModule {}
