import type { INestApplicationContext } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Clock } from '../kernel/clock.js';
import { loadApplications } from './load-applications.js';
import { loadCards } from './load-cards.js';
import { loadDeployments } from './load-deployments.js';
import { loadPublications } from './load-publications.js';
import { loadReviews } from './load-reviews.js';
import { loadExams } from './load-exams.js';
import { loadTraining } from './load-training.js';
import { loadDistrictAccounts, loadOtherAccounts } from './load-accounts.js';
import { loadBodies, loadRoot } from './load-bodies.js';
import { loadDelegations } from './load-delegations.js';
import { loadOfficers } from './load-officers.js';
import { loadPortraits } from './load-portraits.js';
import { loadMatters, loadPowers } from './load-powers.js';
import { loadSettings } from './load-settings.js';
import { Stage } from './stage.js';
import { StoryTime } from './story-time.js';

/** LOADED: just now; PRESENT: by an earlier run; FOREIGN: the database is somebody's, nothing was done. */
export type LoadOutcome =
  | { readonly status: 'LOADED'; readonly counts: Readonly<Record<string, number>> }
  | { readonly status: 'PRESENT' }
  | { readonly status: 'FOREIGN' };

/** The entry of the trail that says that the data were loaded. */
const MARK = { type: 'demo', id: 'zhongyuan' } as const;

/** A slow machine loads for minutes; a row lock would be waited for only some seconds. */
const PATIENCE_SECONDS = 600;
const LOCK = `LEFT(CONCAT('chizheng.demo.', DATABASE()), 64)`;

/**
 * Loads the demonstration data in one transaction: killed in the middle it leaves nothing, and a second run finds the mark of the
 * first. Of two at once, the second waits until the first is through and then finds the work done.
 *
 * @throws Error when another loader is not through after ten minutes
 */
export function loadDemo(app: INestApplicationContext, password: string): Promise<LoadOutcome> {
  const db = app.get(Db);
  return app.get(UnitOfWork).run(async () => {
    const lock = await db.row<{ held: unknown }>(`SELECT GET_LOCK(${LOCK}, ?) AS held`, [PATIENCE_SECONDS]);
    if (Number(lock?.held) !== 1) throw new Error('another loader of the demonstration data is not through');
    try {
      // Whoever comes next then waits for the head of the trail, and so for the commit of this one.
      await db.row('SELECT seq FROM audit_head WHERE id = 1 FOR UPDATE');
      return await load(app, db, password);
    } finally {
      await db.row(`SELECT RELEASE_LOCK(${LOCK}) AS released`);
    }
  });
}

async function load(app: INestApplicationContext, db: Db, password: string): Promise<LoadOutcome> {
  if (await isLoaded(db)) return { status: 'PRESENT' };
  if (await db.row('SELECT id FROM subjects LIMIT 1')) return { status: 'FOREIGN' };
  const stage = new Stage(app, new StoryTime(await app.get(Clock).now()));
  await tell(stage, password);
  const counts = await countRows(db);
  app.get(AuditTrail, { strict: false }).record(null, 'demo.load', MARK, { after: counts });
  return { status: 'LOADED', counts };
}

export const isLoaded = async (db: Db): Promise<boolean> =>
  (await db.row(
    `SELECT seq FROM audit_entries WHERE target_type = ? AND target_id = ? AND verb = 'demo.load' LIMIT 1`,
    [MARK.type, MARK.id],
  )) !== null;

/** Each part rests on those before it. */
async function tell(stage: Stage, password: string): Promise<void> {
  await loadRoot(stage);
  await loadDistrictAccounts(stage, password);
  await loadSettings(stage);
  await loadBodies(stage);
  await loadMatters(stage);
  await loadPowers(stage);
  await loadDelegations(stage);
  await loadOfficers(stage);
  await loadPortraits(stage);
  await loadOtherAccounts(stage, password);
  await loadTraining(stage);
  await loadExams(stage);
  await loadCards(stage);
  await loadApplications(stage);
  await loadDeployments(stage);
  await loadPublications(stage);
  await loadReviews(stage);
}

const COUNTED = [
  'subjects',
  'matters',
  'subject_powers',
  'delegations',
  'officers',
  'accounts',
  'training_classes',
  'training_enrolments',
  'exams',
  'exam_results',
  'certificate_applications',
  'certificates',
  'deployments',
  'publications',
  'review_files',
] as const;

async function countRows(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of COUNTED) {
    const row = await db.row<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    counts[table] = Number(row?.n ?? 0);
  }
  return counts;
}
