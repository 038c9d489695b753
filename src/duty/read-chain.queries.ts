import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { explain } from '../rules/refusal-texts.js';
import {
  DelegationReader,
  MatterQueries,
  PowerQueries,
  SubjectQueries,
  type DelegationView,
} from '../subjects/index.js';
import type { ChainDelegationView, ChainMatterView, ChainView, DelegatorPowerView } from './chain.view.js';
import { Decide } from './decide.js';

const MOST = 200;

interface DelegatorPowerRow {
  readonly id: string;
  readonly subject_id: string;
  readonly matter_code: string;
  readonly basis_title: string;
  readonly basis_article: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

/**
 * The chain of a body: which matters it may act in at this moment, on which power or delegation, on which power of whoever
 * delegated, until when. Each answer comes from the duty decision itself, asked without people.
 */
@Injectable()
export class ReadChain {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly subjects: SubjectQueries,
    private readonly matters: MatterQueries,
    private readonly powers: PowerQueries,
    private readonly delegations: DelegationReader,
    private readonly decide: Decide,
  ) {}

  /** @throws Problem 404 when the body is absent or outside the scope */
  async execute(actor: Actor, subjectId: string): Promise<ChainView> {
    const now = await this.clock.now();
    const body = await this.subjects.read(actor, subjectId, now);
    const [powers, taken, given] = await Promise.all([
      this.powers.all(actor, subjectId, MOST),
      this.delegations.of(actor, { delegateeId: subjectId }, MOST, now),
      this.delegations.of(actor, { delegatorId: subjectId }, MOST, now),
    ]);
    const codes = [
      ...new Set([...powers.map(({ matterCode }) => matterCode), ...taken.flatMap(({ matterCodes }) => matterCodes)]),
    ]
      .sort()
      .slice(0, MOST);
    const matters = codes.length === 0 ? [] : await this.matters.byCodes(codes);
    const above = await this.powersOfDelegators(taken, codes);
    const items: ChainMatterView[] = [];
    for (const matter of matters) {
      const { decision } = await this.decide.now(
        'chain',
        { subjectId, matterCode: matter.code, divisionCode: null, from: now, to: now + 1, members: [] },
        { path: actor.homeSubjectPath },
      );
      const own = powers.filter(({ matterCode }) => matterCode === matter.code);
      const by = taken
        .filter(({ matterCodes }) => matterCodes.includes(matter.code))
        .map((delegation): ChainDelegationView => ({
          ...delegation,
          delegatorPower: above.get(`${delegation.delegator.id}|${matter.code}`) ?? null,
        }));
      const allowed = decision.subjectReasons.length === 0;
      items.push({
        code: matter.code,
        name: matter.name,
        actType: matter.act_type,
        domain: matter.domain,
        allowed,
        reasons: decision.subjectReasons.map((reason) => ({ ...explain(reason) })),
        via: decision.via === null ? null : { kind: decision.via.kind, id: decision.via.id },
        until: allowed ? untilOf(decision.via?.id, own, by) : null,
        powers: own,
        delegations: by,
      });
    }
    return {
      subjectId,
      subjectName: body.name,
      kind: body.kind,
      at: new Date(now).toISOString(),
      matters: items,
      given,
    };
  }

  /** The powers that the delegations rest on, whoever may see those bodies: they are named in the delegation. */
  private async powersOfDelegators(
    taken: readonly DelegationView[],
    codes: readonly string[],
  ): Promise<Map<string, DelegatorPowerView>> {
    const ids = [...new Set(taken.map(({ delegator }) => delegator.id))];
    if (ids.length === 0 || codes.length === 0) return new Map();
    const rows = await this.db.rows<DelegatorPowerRow>(
      `SELECT id, subject_id, matter_code, basis_title, basis_article, valid_from, valid_to FROM subject_powers
       WHERE subject_id IN (${marks(ids)}) AND matter_code IN (${marks(codes)}) AND superseded_at IS NULL
       ORDER BY (valid_to IS NULL), valid_to, id`,
      [...ids, ...codes],
    );
    // The latest end comes last and stays.
    return new Map(
      rows.map((row) => [
        `${row.subject_id}|${row.matter_code}`,
        {
          id: row.id,
          basisTitle: row.basis_title,
          basisArticle: row.basis_article,
          validFrom: row.valid_from,
          validTo: row.valid_to,
        },
      ]),
    );
  }
}

function untilOf(
  viaId: string | undefined,
  powers: readonly { readonly id: string; readonly validTo: string | null }[],
  delegations: readonly ChainDelegationView[],
): string | null {
  const power = powers.find(({ id }) => id === viaId);
  if (power) return power.validTo;
  const delegation = delegations.find(({ id }) => id === viaId);
  if (!delegation) return null;
  const ends = [delegation.validTo, delegation.delegatorPower?.validTo ?? null].filter((end) => end !== null);
  return ends.sort()[0] ?? null;
}
