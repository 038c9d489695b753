/** The requests that are measured, over the people of a world. */
import { certificateNo, MATTER, officerId, UNITS, unitOf } from './population.mjs';

const JSON_TYPE = { 'content-type': 'application/json' };

const tomorrow = (hours) => {
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return `${day}T${String(hours).padStart(2, '0')}:00:00+08:00`;
};

function check(first, members, record) {
  return {
    method: 'POST',
    path: '/api/v1/duty/checks',
    headers: JSON_TYPE,
    body: JSON.stringify({
      subjectId: unitOf(first),
      matterCode: MATTER,
      divisionCode: '410102',
      from: tomorrow(8),
      to: tomorrow(18),
      record,
      members,
    }),
  };
}

/** `count` officers, spread over the whole register in an order that has no system. */
function* people(officers, count) {
  let n = 1;
  for (let i = 0; i < count; i += 1) {
    n = (n * 48_271) % 2_147_483_647;
    yield 1 + (n % officers);
  }
}

/** Checks of one member each, half of them named by certificate number where asked. */
export const singleChecks = ({ officers }, { count = 2000, record = false, byNumber = false } = {}) =>
  [...people(officers, count)].map((n) =>
    check(n, [byNumber ? { certificateNo: certificateNo(n) } : { officerId: officerId(n) }], record),
  );

/** One check of a whole team of one body, and the same people asked about one by one. */
export function teamChecks({ officers }, size) {
  if (officers < size * UNITS) throw new Error(`a body of ${officers / UNITS} people has no team of ${size}`);
  const team = Array.from({ length: size }, (_, i) => ({ officerId: officerId((i + 1) * UNITS) }));
  return { team: check(UNITS, team, false), singles: team.map((member) => check(UNITS, [member], false)) };
}

export const readMatter = ({ matterId }) => [{ method: 'GET', path: `/api/v1/matters/${matterId}` }];

/** Asks once and looks at the answer: what is measured must be the real thing. */
export async function answer(url, headers, { method, path, body, headers: more }) {
  const response = await fetch(new URL(path, url), { method, body, headers: { ...headers, ...more } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}
