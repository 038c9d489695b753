import type { LegalDate } from './calendar.js';
import { publicationLifecycle, type PublicationCommand, type PublicationState } from './publication.lifecycle.js';
import { decideLevel, type SeparationCode, type StepActor } from './separation-of-duties.rules.js';
import { judge, unless, type Reason, type Verdict } from './verdict.js';

/** Who may let the public see an officer, and by when. BR-93 to BR-95. */
export type PublicationRefusal =
  'PUBLICATION_UNKNOWN' | 'PUBLICATION_STATE' | 'NOT_PUBLISHABLE' | 'PRIVACY_NOT_CHECKED' | 'SECRECY_NOT_CHECKED';

/** 政府信息公开条例 26: within twenty working days, whatever the target is. */
export const PUBLICATION_LIMIT_DAYS = 20;

export const PUBLICATION_COLOURS = ['GREEN', 'AMBER', 'RED', 'OVER'] as const;
export type PublicationColour = (typeof PUBLICATION_COLOURS)[number];

export interface PublicationClock {
  readonly amberOn: LegalDate;
  readonly targetOn: LegalDate;
  readonly limitOn: LegalDate;
}

/** Takes the days of a clock and today. Gives its colour: red after the target, OVER after the law's limit; the last day itself is in time. */
export function colourOf({ amberOn, targetOn, limitOn }: PublicationClock, today: LegalDate): PublicationColour {
  if (today > limitOn) return 'OVER';
  if (today > targetOn) return 'RED';
  return today >= amberOn ? 'AMBER' : 'GREEN';
}

interface Asked {
  readonly state: PublicationState;
  readonly officerId: string;
  readonly actor: { readonly accountId: string; readonly officerId: string | null };
}

const stateFits = (state: PublicationState, command: PublicationCommand): Reason<'PUBLICATION_STATE'> | null =>
  unless(publicationLifecycle.allows(state, command), 'PUBLICATION_STATE', { publicationState: state, command });

/** Takes a record and whether its certificate may be public now. Gives whether it can be prepared. */
export const judgePreparation = (
  asked: Asked & { readonly isPublishable: boolean },
): Verdict<PublicationRefusal | SeparationCode> =>
  judge<PublicationRefusal | SeparationCode>(
    stateFits(asked.state, 'prepare'),
    unless(asked.isPublishable, 'NOT_PUBLISHABLE'),
    unless(asked.actor.officerId !== asked.officerId, 'OWN_CASE', { step: 'PREPARE' }),
  );

/** Takes a record, what is decided and who prepared it. Gives whether this person may decide so: never the one who prepared it (BR-95). */
export function judgeCheck(
  asked: Asked & {
    readonly command: PublicationCommand;
    readonly preparedBy: string | null;
    readonly isPublishable: boolean;
    readonly privacyChecked: boolean;
    readonly secrecyChecked: boolean;
  },
): Verdict<PublicationRefusal | SeparationCode> {
  const earlier: StepActor[] = asked.preparedBy === null ? [] : [{ step: 'PREPARE', accountId: asked.preparedBy }];
  const level = decideLevel({ step: 'CHECK', actor: asked.actor, earlier, concerns: [asked.officerId] });
  const publishes = asked.command === 'publish';
  return judge<PublicationRefusal | SeparationCode>(
    stateFits(asked.state, asked.command),
    ...level.reasons,
    unless(!publishes || asked.isPublishable, 'NOT_PUBLISHABLE'),
    unless(!publishes || asked.privacyChecked, 'PRIVACY_NOT_CHECKED'),
    unless(!publishes || asked.secrecyChecked, 'SECRECY_NOT_CHECKED'),
  );
}
