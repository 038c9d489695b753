export { AuditModule } from './audit.module.js';
export { AuditTrail, type AuditTarget } from './audit-trail.js';
