import type { INestApplicationContext } from '@nestjs/common';
import { VerifyChain } from '../audit/index.js';

/** `cli audit-verify`: recomputes the whole trail. @throws Error that names the first bad entry */
export async function auditVerify(app: INestApplicationContext): Promise<string> {
  const { ok, entries, firstBad } = await app.get(VerifyChain, { strict: false }).execute();
  if (ok) return `the audit trail is whole: ${entries} entries`;
  throw new Error(`the audit trail is broken at entry ${firstBad?.seq ?? '?'}: ${firstBad?.why ?? 'unknown'}`);
}
