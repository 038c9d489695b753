import { Module } from '@nestjs/common';
import { ApplicationInputs } from './applications/application-inputs.js';
import { ApplicationLocks } from './applications/application-locks.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { ApplicationQueries } from './applications/applications.queries.js';
import { DecideApplications } from './applications/decide-applications.js';
import { IssuanceDesk } from './applications/issuance-desk.js';
import { SubmitApplications } from './applications/submit-applications.js';
import { AdvanceBatchHandler } from './batches/advance-batch.handler.js';
import { BatchDesk } from './batches/batch-desk.js';
import { BatchLease } from './batches/batch-lease.js';
import { BatchSweeper } from './batches/batch-sweeper.js';
import { BatchTerms } from './batches/batch-terms.js';
import { BatchWorker } from './batches/batch-worker.js';
import { BatchesController } from './batches/batches.controller.js';
import { BatchQueries } from './batches/batches.queries.js';
import { Bodies } from './batches/bodies.js';
import { MarkChunk } from './batches/mark-chunk.js';
import { OpenBatch } from './batches/open-batch.js';
import { ReserveChunk } from './batches/reserve-chunk.js';
import { CardCasesController } from './cards/card-cases.controller.js';
import { CardCaseQueries } from './cards/card-cases.queries.js';
import { CardCases } from './cards/card-cases.js';
import { OfficerLeftHandler } from './cards/officer-left.handler.js';
import { OfficerTransferredHandler } from './cards/officer-transferred.handler.js';
import { CertificateLocks } from './certificate-locks.js';
import { CertificatesController } from './certificates.controller.js';
import { CertificateQueries } from './certificates.queries.js';
import { CancelCertificate } from './moves/cancel-certificate.js';
import { CertificateMoves } from './moves/certificate-moves.js';
import { EndCertificate } from './moves/end-certificate.js';
import { ExpireCertificates } from './moves/expire-certificates.js';
import { Grounds } from './moves/grounds.js';
import { LiftSuspension } from './moves/lift-suspension.js';
import { ReportLoss } from './moves/report-loss.js';
import { RevokeCertificate } from './moves/revoke-certificate.js';
import { SuspendCertificate } from './moves/suspend-certificate.js';
import { SuspensionTerms } from './moves/suspension-terms.js';
import { CertificateRegister } from './numbers/certificate-register.js';
import { NumberAllocator } from './numbers/number-allocator.js';
import { VoidReservations } from './numbers/void-reservations.js';
import { OfficerLocks } from './officer-locks.js';
import { OfficersModule } from '../officers/index.js';
import { QualificationModule } from '../qualification/index.js';
import { BatchEnding } from './batches/batch-ending.js';
import { EarlierCards } from './moves/earlier-cards.js';
import { BackfillReader } from './imports/backfill-reader.js';
import { CardRows } from './imports/card-rows.js';
import { CertificateBackfillImport } from './imports/certificate-backfill.import.js';
import { EnterBackfill } from './imports/enter-backfill.js';
import { EnterExisting } from './imports/enter-existing.js';
import { ExistingCertificatesImport } from './imports/existing-certificates.import.js';
import { ExistingReader } from './imports/existing-reader.js';
import { RestingQueries } from './imports/resting.queries.js';
import { CardConsequencesQueries } from './imports/card-consequences.queries.js';
import { WithdrawCertificates } from './imports/withdraw-certificates.js';
import { CardContents } from './print/card-contents.js';
import { CardPrinter } from './print/card-printer.js';
import { PrintCards } from './print/print-cards.js';
import { PrintController } from './print/print.controller.js';
import { QrCodes } from './print/qr-codes.js';
import { CardFactsQueries } from './verification/card-facts.queries.js';
import { LookupThrottle } from './public/lookup-throttle.js';
import { PublicCertificatesController } from './public/public-certificates.controller.js';
import { PublicLookups } from './public/public-lookups.js';
import { ReportDesk } from './public/report-desk.js';
import { VerificationPages } from './public/verification-pages.js';
import { VerificationPagesController } from './public/verification-pages.controller.js';
import { MismatchReportQueries } from './mismatch/mismatch-reports.queries.js';
import { MismatchReportedHandler } from './mismatch/mismatch-reported.handler.js';
import { MismatchReportsController } from './mismatch/mismatch-reports.controller.js';
import { ReportMismatch } from './mismatch/report-mismatch.js';
import { SettleMismatch } from './mismatch/settle-mismatch.js';
import { CreateRoster } from './offline/create-roster.js';
import { OfflineController } from './offline/offline.controller.js';
import { RosterContents } from './offline/roster-contents.js';
import { RosterQueries } from './offline/rosters.queries.js';
import { CardChecks } from './verification/card-checks.js';
import { LiveCodes } from './verification/live-codes.js';
import { ShowLiveCode } from './verification/show-live-code.js';
import { SupervisorQueries } from './verification/supervisors.queries.js';
import { UnusableShownHandler } from './verification/unusable-shown.handler.js';
import { Verification } from './verification/verification.js';
import { VerificationController } from './verification/verification.controller.js';
import { VerifyCard } from './verification/verify-card.js';
import { ExamsModule } from '../exams/index.js';
import { ApplicationClocks } from './applications/application-clocks.queries.js';
import { ApplicationQueue } from './applications/application-queue.queries.js';
import { ResubmissionDesk } from './applications/resubmission-desk.js';
import { ResubmitApplication } from './applications/resubmit-application.js';
import { WithdrawApplication } from './applications/withdraw-application.js';
import { EndedBodies } from './cards/ended-bodies.js';
import { EscalateCases } from './cards/escalate-cases.js';
import { KeepCertificate } from './cards/keep-certificate.js';
import { MovementCases } from './cards/movement-cases.js';
import { OverdueCase } from './cards/overdue-case.js';
import { CustodyController } from './custody/custody.controller.js';
import { CustodyDesk } from './custody/custody-desk.js';
import { CustodyQueries } from './custody/custody.queries.js';
import { DestructionLists } from './custody/destruction-lists.js';
import { DestructionsController } from './custody/destructions.controller.js';
import { DestructionQueries } from './custody/destructions.queries.js';
import { MoveCard } from './custody/move-card.js';
import { DisciplineController } from './discipline/discipline.controller.js';
import { DisciplineQueries } from './discipline/discipline.queries.js';
import { DisqualificationEffects } from './discipline/disqualification-effects.js';
import { DisqualifyOfficer } from './discipline/disqualify-officer.js';
import { RecordSanction } from './discipline/record-sanction.js';
import { SanctionEffects } from './discipline/sanction-effects.js';
import { WithdrawSanction } from './discipline/withdraw-sanction.js';
import { DeclareVoid } from './moves/declare-void.js';
import { Suspensions } from './moves/suspensions.js';
import { VoidNotices } from './moves/void-notices.js';
import { ReadinessController } from './readiness/readiness.controller.js';
import { ShowReadiness } from './readiness/show-readiness.js';
import { DecideReviews } from './reviews/decide-reviews.js';
import { ExplainReviews } from './reviews/explain-reviews.js';
import { OpenReview } from './reviews/open-review.js';
import { PrepareReviewHandler } from './reviews/prepare-review.handler.js';
import { PrepareReviews } from './reviews/prepare-reviews.js';
import { ReopenReviews } from './reviews/reopen-reviews.js';
import { ReviewAssembly } from './reviews/review-assembly.js';
import { ReviewEffects } from './reviews/review-effects.js';
import { ReviewFileMaker } from './reviews/review-file-maker.js';
import { ReviewCampaignQueries } from './reviews/review-campaigns.queries.js';
import { ReviewCampaigns } from './reviews/review-campaigns.js';
import { ReviewDesk } from './reviews/review-desk.js';
import { ReviewFactsQueries } from './reviews/review-facts.queries.js';
import { ReviewFileQueries } from './reviews/review-files.queries.js';
import { ReviewFiles } from './reviews/review-files.js';
import { ReviewPeriods } from './reviews/review-periods.js';
import { ReviewSettingsDesk } from './reviews/review-settings.js';
import { ReviewStandings } from './reviews/review-standings.queries.js';
import { ReviewSweeper } from './reviews/review-sweeper.js';
import { ReviewCampaignsController, ReviewFilesController } from './reviews/reviews.controller.js';

/** Applications, issuing, and what happens to a certificate until its end. */
@Module({
  imports: [ExamsModule, OfficersModule, QualificationModule],
  controllers: [
    ApplicationsController,
    BatchesController,
    CertificatesController,
    CardCasesController,
    CustodyController,
    DestructionsController,
    DisciplineController,
    PublicCertificatesController,
    VerificationPagesController,
    PrintController,
    VerificationController,
    MismatchReportsController,
    OfflineController,
    ReviewCampaignsController,
    ReviewFilesController,
    ReadinessController,
  ],
  providers: [
    ApplicationClocks,
    ApplicationInputs,
    ApplicationLocks,
    ApplicationQueries,
    ApplicationQueue,
    ResubmissionDesk,
    ResubmitApplication,
    WithdrawApplication,
    DecideApplications,
    IssuanceDesk,
    ShowReadiness,
    SubmitApplications,
    AdvanceBatchHandler,
    BatchDesk,
    BatchLease,
    BatchSweeper,
    BatchTerms,
    BatchWorker,
    BatchQueries,
    Bodies,
    MarkChunk,
    OpenBatch,
    ReserveChunk,
    CardCaseQueries,
    CardCases,
    EndedBodies,
    EscalateCases,
    KeepCertificate,
    MovementCases,
    OverdueCase,
    CustodyDesk,
    CustodyQueries,
    DestructionLists,
    DestructionQueries,
    MoveCard,
    DisciplineQueries,
    DisqualificationEffects,
    DisqualifyOfficer,
    RecordSanction,
    SanctionEffects,
    WithdrawSanction,
    DeclareVoid,
    Suspensions,
    VoidNotices,
    OfficerLeftHandler,
    OfficerTransferredHandler,
    CertificateLocks,
    CertificateQueries,
    CancelCertificate,
    CertificateMoves,
    EndCertificate,
    ExpireCertificates,
    Grounds,
    LiftSuspension,
    ReportLoss,
    RevokeCertificate,
    SuspendCertificate,
    SuspensionTerms,
    CertificateRegister,
    NumberAllocator,
    VoidReservations,
    OfficerLocks,
    BatchEnding,
    EarlierCards,
    BackfillReader,
    CardRows,
    CertificateBackfillImport,
    EnterBackfill,
    EnterExisting,
    ExistingCertificatesImport,
    ExistingReader,
    RestingQueries,
    CardConsequencesQueries,
    WithdrawCertificates,
    LookupThrottle,
    PublicLookups,
    ReportDesk,
    VerificationPages,
    MismatchReportQueries,
    MismatchReportedHandler,
    ReportMismatch,
    SettleMismatch,
    CreateRoster,
    RosterContents,
    RosterQueries,
    CardChecks,
    LiveCodes,
    ShowLiveCode,
    SupervisorQueries,
    UnusableShownHandler,
    Verification,
    VerifyCard,
    CardContents,
    CardPrinter,
    PrintCards,
    QrCodes,
    CardFactsQueries,
    DecideReviews,
    ExplainReviews,
    OpenReview,
    PrepareReviewHandler,
    PrepareReviews,
    ReopenReviews,
    ReviewAssembly,
    ReviewEffects,
    ReviewFileMaker,
    ReviewCampaignQueries,
    ReviewCampaigns,
    ReviewDesk,
    ReviewFactsQueries,
    ReviewFileQueries,
    ReviewFiles,
    ReviewPeriods,
    ReviewSettingsDesk,
    ReviewStandings,
    ReviewSweeper,
  ],
  exports: [LookupThrottle],
})
export class CertificatesModule {}
