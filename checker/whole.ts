import { dayOf } from './days.js';
import type { Difference, Report } from './differences.js';
import type { Dossier, SiblingRow } from './dossier.js';
import type { Life } from './life.js';
import type { SettingHistory } from './settings.js';
import type { Source } from './source.js';

/** BR-62, BR-63: which other cards of the person were live when this one became valid. */
export function judgeTwins({ card, siblings }: Dossier, life: Life, settings: SettingHistory, report: Report): void {
  const at = life.activatedAt;
  // A card that had expired when it was taken over never stood beside another.
  if (at === null || life.endedAt === at) return;
  const day = dayOf(at);
  const live = siblings.filter((other) => wasLive(other, card.id, at, day));
  const same = live.find(({ type }) => type === card.type);
  if (same) report('TWO_LIVE', { other: same.sibling_id });
  const other = live.find(({ type }) => type !== card.type && type !== 'MINISTRY');
  const mayBoth = settings.value('cert.allowBoth', day, at) === true;
  if (other && !mayBoth && card.type !== 'MINISTRY' && card.origin !== 'LEGACY')
    report('OTHER_TYPE_LIVE', { other: other.sibling_id });
}

/** Valid before, ended after; of two that became valid in one moment the later id. */
function wasLive(other: SiblingRow, id: string, at: string, day: string): boolean {
  const { activated_at, ended_at, sibling_id } = other;
  if (activated_at === null || activated_at > at || (activated_at === at && sibling_id > id)) return false;
  return (ended_at === null || ended_at > at) && other.valid_to >= day;
}

/** What shows in the whole register only. Each statement gives what is wrong and nothing else. */
export async function sweep(source: Source, tell: (difference: Difference) => void): Promise<void> {
  const twice = await source.rows<{ type: string; number: string; times: number }>(
    `SELECT type, number, COUNT(*) AS times FROM certificates GROUP BY type, number HAVING COUNT(*) > 1`,
  );
  for (const { type, number, times } of twice)
    tell({ code: 'NUMBER_TWICE', certificateId: null, certificateNo: number, detail: { type, times } });
  const slots = await source.rows<{ live_slot: string; times: number }>(
    `SELECT live_slot, COUNT(*) AS times FROM certificate_states WHERE live_slot IS NOT NULL
     GROUP BY live_slot HAVING COUNT(*) > 1`,
  );
  for (const { times } of slots)
    tell({ code: 'LIVE_SLOT_DIFFERS', certificateId: null, certificateNo: null, detail: { times } });
  const items = await source.rows<{ application_id: string; status: string }>(
    `SELECT i.application_id, i.status FROM certificate_batch_items i LEFT JOIN certificates c ON c.id = i.certificate_id
     WHERE i.status IN ('ISSUED', 'RESERVED') AND c.id IS NULL`,
  );
  for (const { application_id, status } of items)
    tell({
      code: 'APPLICATION_WITHOUT_CERTIFICATE',
      certificateId: null,
      certificateNo: null,
      detail: { application: application_id, item: status },
    });
  const applications = await source.rows<{ id: string }>(
    `SELECT a.id FROM certificate_applications a LEFT JOIN certificate_batch_items i
       ON i.application_id = a.id AND i.status = 'ISSUED'
     WHERE a.state = 'ISSUED' AND i.application_id IS NULL`,
  );
  for (const { id } of applications)
    tell({
      code: 'APPLICATION_WITHOUT_CERTIFICATE',
      certificateId: null,
      certificateNo: null,
      detail: { application: id },
    });
}
