import { ReasonView } from '../infrastructure/http/reason.view.js';
import { DelegationView, PowerView } from '../subjects/index.js';
import { ViaView } from './duty.view.js';

export class DelegatorPowerView {
  id: string;
  basisTitle: string;
  basisArticle: string;
  validFrom: string;
  validTo: string | null;
}

/** A delegation to the body, and the power of the organ that gave it. */
export class ChainDelegationView extends DelegationView {
  /** The delegator's own power for the matter; null where it has none. The one with the latest end. */
  delegatorPower: DelegatorPowerView | null;
}

/** One matter: whether the body may act in it at this moment, and what that rests on. */
export class ChainMatterView {
  code: string;
  name: string;
  actType: string;
  domain: string;
  /** The law book's answer for the body at this moment; of the people nothing is said here. */
  allowed: boolean;
  reasons: ReasonView[];
  via: ViaView | null;
  /** Last day on which it holds as things stand; null: no end is known, or it does not hold. */
  until: string | null;
  powers: PowerView[];
  delegations: ChainDelegationView[];
}

export class ChainView {
  subjectId: string;
  subjectName: string;
  kind: string;
  at: string;
  /** Matters that the body may act in, or once could, or was meant to. At most 200. */
  matters: ChainMatterView[];
  /** What the body itself delegated to others. */
  given: DelegationView[];
}
