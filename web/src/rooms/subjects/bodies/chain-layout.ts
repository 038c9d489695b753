import type { View } from '../../../shared/api/client';

type Chain = View<'ChainView'>;
type Matter = View<'ChainMatterView'>;

/** One way by which a body may act in a matter: its own power, or a delegation with the power above it. */
export interface Source {
  readonly id: string;
  readonly kind: 'OWN_POWER' | 'DELEGATION';
  /** The decision rests on this one. */
  readonly live: boolean;
  readonly law: {
    readonly title: string;
    readonly article: string;
    readonly until: string | null;
    readonly holderId: string;
  } | null;
  readonly organ: { readonly id: string; readonly name: string } | null;
  readonly letter: {
    readonly id: string;
    readonly documentNo: string;
    readonly state: string;
    readonly validTo: string;
  } | null;
  readonly y: number;
}

export interface MatterRow {
  readonly matter: Matter;
  readonly sources: readonly Source[];
  readonly y: number;
}

export interface ChainLayout {
  readonly rows: readonly MatterRow[];
  readonly height: number;
}

export const ROW = 62;
export const BOX = 48;
export const HEAD = 34;
const GAP = 12;

const sourcesOf = (matter: Matter, subjectId: string): Omit<Source, 'y'>[] => [
  ...matter.powers.map(({ id, legalBasis, validTo }) => ({
    id,
    kind: 'OWN_POWER' as const,
    live: matter.allowed && matter.via?.id === id,
    law: { title: legalBasis.title, article: legalBasis.article, until: validTo, holderId: subjectId },
    organ: null,
    letter: null,
  })),
  ...matter.delegations.map(({ id, documentNo, state, validTo, delegator, delegatorPower }) => ({
    id,
    kind: 'DELEGATION' as const,
    live: matter.allowed && matter.via?.id === id,
    law: delegatorPower && {
      title: delegatorPower.basisTitle,
      article: delegatorPower.basisArticle,
      until: delegatorPower.validTo,
      holderId: delegator.id,
    },
    organ: delegator,
    letter: { id, documentNo, state, validTo },
  })),
];

/** Puts each source of each matter on a line of its own, and the matter in the middle of its lines. */
export function layoutOf(chain: Chain, only: (matter: Matter) => boolean): ChainLayout {
  let top = HEAD + GAP;
  const rows = chain.matters.filter(only).map((matter): MatterRow => {
    const sources = sourcesOf(matter, chain.subjectId).map((source, at) => ({
      ...source,
      y: top + at * ROW + BOX / 2,
    }));
    const lines = Math.max(1, sources.length);
    const y = top + ((lines - 1) * ROW) / 2 + BOX / 2;
    top += lines * ROW + GAP;
    return { matter, sources, y };
  });
  return { rows, height: top };
}

/** Wide signs count one, the others a little more than half. */
export function fitted(text: string, units: number): string {
  let width = 0;
  let at = 0;
  for (const sign of text) {
    width += /[\u2e80-\uffef]/.test(sign) ? 1 : 0.56;
    if (width > units) return `${text.slice(0, Math.max(1, at - 1))}…`;
    at += sign.length;
  }
  return text;
}
