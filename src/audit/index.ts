export { AuditModule } from './audit.module.js';
export { AuditTrail, type AuditTarget } from './audit-trail.js';
/** For the command line: `execute()` recomputes the whole trail. */
export { VerifyChain, type Verification } from './verify-chain.js';
