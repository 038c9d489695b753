import { CheckPublications, PreparePublications, WatchPublications } from '../publication/index.js';
import type { Stage } from './stage.js';

/** Left to be prepared, and left to be checked; everybody else who may be is public. */
const TO_PREPARE = 18;
const TO_CHECK = 12;
const AT_ONCE = 500;

/** Who may be shown to the public is: HR prepared it, the district clerk checked it. The newest wait at the two desks. */
export async function loadPublications(stage: Stage): Promise<void> {
  const { app, db } = stage;
  await app.get(WatchPublications, { strict: false }).sweep();
  const due = await db.rows<{ id: string }>(`SELECT id FROM publications WHERE state = 'DUE' ORDER BY since_on, id`);
  const prepared = due.slice(0, Math.max(0, due.length - TO_PREPARE)).map(({ id }) => id);
  const checked = prepared.slice(0, Math.max(0, prepared.length - TO_CHECK));
  const [prepare, check] = [
    app.get(PreparePublications, { strict: false }),
    app.get(CheckPublications, { strict: false }),
  ];
  for (let start = 0; start < prepared.length; start += AT_ONCE) {
    await prepare.execute(stage.actor('hr'), { publicationIds: prepared.slice(start, start + AT_ONCE) });
  }
  for (let start = 0; start < checked.length; start += AT_ONCE) {
    await check.execute(stage.actor('reviewer'), {
      publicationIds: checked.slice(start, start + AT_ONCE),
      decision: 'PUBLISH',
      privacyChecked: true,
      secrecyChecked: true,
    });
  }
}
