import type { Officer } from './stage.js';

/** Who of the LEGACY holders has a story of his own, by place among them. */
const LEFT = new Set([10, 50, 90, 130]);
const OFF_POST = new Set([15, 31, 57, 95, 121, 141]);
const LIFTED = new Set([20, 60]);

const isLegacy = (officer: Officer, ranks: ReadonlySet<number>): boolean =>
  officer.fate === 'LEGACY' && ranks.has(officer.rank);

/** Left service; the card is still out. */
export const hasLeft = (officer: Officer): boolean => isLegacy(officer, LEFT);
export const isOffPost = (officer: Officer): boolean =>
  isLegacy(officer, OFF_POST) || (officer.fate === 'CANDIDATE' && officer.rank === 30);
/** Was suspended once; the suspension was lifted. */
export const wasLifted = (officer: Officer): boolean => isLegacy(officer, LIFTED);
/** The certificate ends within 90 days. */
export const expiresSoon = (officer: Officer): boolean => officer.fate === 'LEGACY' && officer.rank % 20 === 3;
/** The certificate ends within 180 days: its renewal is open. */
export const expiresLater = (officer: Officer): boolean =>
  officer.fate === 'LEGACY' && officer.rank % 14 === 5 && !expiresSoon(officer);
/** Sat the exam again last year and applies for a renewal. */
export const isRenewing = (officer: Officer): boolean => expiresSoon(officer) && officer.rank < 60;

/** Moved to another body while the card was issued for the old one. */
export const transferred = (officers: readonly Officer[]): readonly Officer[] =>
  officers
    .filter((officer) => officer.body === 'transport' && officer.fate === 'LEGACY' && !isSpecial(officer))
    .slice(0, 3);

const isSpecial = (officer: Officer): boolean =>
  hasLeft(officer) || isOffPost(officer) || wasLifted(officer) || expiresSoon(officer);

/** May be sent out today: a certificate of this body that lasts, on post. In the order of the list. */
export function readyForDuty(officers: readonly Officer[], body: Officer['body']): readonly Officer[] {
  const moved = new Set(transferred(officers).map(({ id }) => id));
  return officers.filter(
    (officer) =>
      officer.body === body &&
      (officer.fate === 'ALLOCATED' || officer.fate === 'LEGACY') &&
      !isSpecial(officer) &&
      !expiresLater(officer) &&
      !moved.has(officer.id),
  );
}
