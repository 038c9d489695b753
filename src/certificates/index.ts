export { CertificatesModule } from './certificates.module.js';
/** For figures: a condition on `certificates c JOIN certificate_states st`. */
export { standingSql } from './certificate-standing.queries.js';
export { LookupThrottle } from './public/lookup-throttle.js';
/** For the demonstration data: certificates are entered, moved and judged by the same code whoever asks. */
export { IssuanceDesk, type IssuanceAsk, type IssuanceRuling } from './applications/issuance-desk.js';
export { liveSlot, type CertificateRecord } from './certificate.rows.js';
export { CertificateMoves, type StatePlace } from './moves/certificate-moves.js';
export { CertificateRegister, type CertificateDraft } from './numbers/certificate-register.js';
export { DecideReviews } from './reviews/decide-reviews.js';
export { ExplainReviews } from './reviews/explain-reviews.js';
export { PrepareReviews } from './reviews/prepare-reviews.js';
export { ReviewSettingsDesk } from './reviews/review-settings.js';
