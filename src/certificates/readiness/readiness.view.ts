import { ApiProperty } from '@nestjs/swagger';
import type { Way } from '../../qualification/index.js';
import type { ReadinessLine } from '../../rules/readiness.rules.js';

export class BilingualView {
  zh: string;
  en: string;
}

export class ReadinessBodyView {
  id: string;
  name: string;
}

export class WayPlanView {
  id: string;
  name: string;
}

export class WayView {
  /** TRAINING_CLASS or EXAM. */
  kind: string;
  id: string;
  title: string;
  /** Of the class; null for an exam. */
  @ApiProperty({ type: WayPlanView, nullable: true })
  plan: WayPlanView | null;
  startsOn: string;
  endsOn: string;
  place: string | null;
  hours: number | null;
  /** Null: no limit, or none is known. */
  seatsLeft: number | null;
  /** The body that holds it: the officer's unit or one above it. */
  heldBy: string;
  /** The officer is entered already; it only has to be finished. */
  isEntered: boolean;
  /** Whoever asks may open it. */
  mayOpen: boolean;
  sentence: BilingualView;
}

export class ConditionView {
  /** The code that a refusal would carry. */
  code: string;
  title: BilingualView;
  met: boolean;
  facts: Record<string, unknown>;
  /** What is known. */
  evidence: BilingualView;
  /** The article of the rule. */
  basis: string;
  /** The way to meet it; null where it is met. */
  @ApiProperty({ type: BilingualView, nullable: true })
  howTo: BilingualView | null;
  /** The nearest classes or exams that would meet it, by date, three at most; empty where none does. */
  @ApiProperty({ type: [WayView] })
  ways: readonly WayView[];
}

export class PreviousCertificateView {
  id: string;
  certificateNo: string;
  validTo: string;
}

export class ReadinessView {
  officerId: string;
  name: string;
  subject: ReadinessBodyView;
  /** FIRST, RENEW, EXCHANGE or REISSUE: what the conditions are about. */
  type: string;
  /** The type that fits the cards held. */
  fittingType: string;
  certificateType: string;
  domains: string[];
  /** The card that is renewed, exchanged or replaced; null for a first certificate, or where there is none. */
  @ApiProperty({ type: PreviousCertificateView, nullable: true })
  previousCertificate: PreviousCertificateView | null;
  /** Every condition is met: the application can be handed in. */
  ready: boolean;
  @ApiProperty({ type: [ConditionView] })
  conditions: readonly ConditionView[];
  /** What the law asks as well, and this release can't record yet: to be checked on paper, stops nothing here. */
  @ApiProperty({ type: [ConditionView] })
  notRecorded: readonly ConditionView[];
  judgedAt: string;
}

export const conditionView = (
  { blocking: _blocking, ...line }: ReadinessLine,
  ways: readonly Way[],
): ConditionView => ({ ...line, ways });
