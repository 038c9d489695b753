import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { View } from '../../shared/api/client';
import { ReasonsList } from '../../shared/components/reasons-list';
import { Status } from '../../shared/components/status';
import { useTexts } from '../../shared/i18n/dictionary';
import './duty.css';
import { texts } from './texts';

export type Decision = View<'DutyDecisionView'>;
export type Member = View<'MemberDecisionView'>;

/** Who may not go comes first, the most reasons on top. */
const worstFirst = (members: readonly Member[]): Member[] =>
  members
    .map((member, at) => ({ member, at }))
    .toSorted(
      (a, b) =>
        Number(a.member.cleared) - Number(b.member.cleared) ||
        b.member.reasons.length - a.member.reasons.length ||
        b.member.warnings.length - a.member.warnings.length ||
        a.at - b.at,
    )
    .map(({ member }) => member);

/** The big answer: a number, a word, a colour. It is the one thing that a supervisor reads from two metres away. */
export function Verdict({ decision, children }: { decision: Decision; children?: ReactNode }): ReactNode {
  const t = useTexts(texts);
  const cleared = decision.members.filter((member) => member.cleared).length;
  return (
    <div className={`verdict ${decision.cleared ? 'verdict-yes' : 'verdict-no'}`} role="alert" data-testid="verdict">
      <span className="verdict-icon" aria-hidden="true">
        {decision.cleared ? <CheckCircleFilled /> : <CloseCircleFilled />}
      </span>
      <span className="verdict-words">
        <strong>{decision.cleared ? t.teamYes : t.teamNo}</strong>
        <span>{t.verdict(cleared, decision.members.length)}</span>
      </span>
      {children !== undefined && <span className="verdict-actions no-print">{children}</span>}
    </div>
  );
}

const RULES = ['body', 'power', 'pair', 'post', 'domain', 'span'] as const;
type Rule = (typeof RULES)[number];
const RULE_OF: readonly (readonly [RegExp, Rule])[] = [
  [/^SUBJECT_/, 'body'],
  [/^(POWER_|DELEGAT|ACT_NOT|LICENSE_)/, 'power'],
  [/^TEAM_TOO_SMALL$/, 'pair'],
  [/^DOMAIN_NOT_COVERED$|^CERTIFICATE_(MISSING|OTHER_SUBJECT)$/, 'domain'],
  [/^(CERTIFICATE_|ANNUAL_REVIEW)/, 'span'],
  [/^(STAFF_|NOT_ASSIGNED|LEFT_|OFF_POST|OFFICER_UNKNOWN|DUPLICATE|HOURS)/, 'post'],
];

/** Which groups of conditions hold and which do not, as a tick list. */
export function RuleTicks({ decision }: { decision: Decision }): ReactNode {
  const t = useTexts(texts);
  const codes = [
    ...decision.subjectReasons,
    ...decision.teamReasons,
    ...decision.members.flatMap(({ reasons }) => reasons),
  ].map(({ code }) => code);
  const broken = new Set(codes.flatMap((code) => RULE_OF.find(([pattern]) => pattern.test(code))?.[1] ?? []));
  return (
    <ul className="rule-ticks" aria-label={t.rules}>
      {RULES.map((rule) => (
        <li key={rule} className={broken.has(rule) ? 'bad' : 'good'}>
          {broken.has(rule) ? <CloseCircleFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}
          <span>{t.rule[rule]}</span>
          <span className="visually-hidden">{broken.has(rule) ? t.ruleBad : t.ruleOk}</span>
        </li>
      ))}
    </ul>
  );
}

/** The whole answer: verdict, ticks, reasons of body and team, a card for each person, worst first. */
export function DecisionBoard({
  decision,
  verdict = true,
  verdictActions,
  memberActions,
}: {
  decision: Decision;
  /** False where the page has said it already. */
  verdict?: boolean;
  verdictActions?: ReactNode;
  memberActions?: (member: Member) => ReactNode;
}): ReactNode {
  const t = useTexts(texts);
  // The members say themselves why they are not cleared.
  const team = decision.teamReasons.filter(({ code }) => code !== 'MEMBER_NOT_CLEARED');
  return (
    <div className="decision">
      {verdict && <Verdict decision={decision}>{verdictActions}</Verdict>}
      <RuleTicks decision={decision} />
      {decision.subjectReasons.length > 0 && (
        <section className="decision-part">
          <h3>{t.bodyReasons}</h3>
          <ReasonsList reasons={decision.subjectReasons} />
        </section>
      )}
      {team.length > 0 && (
        <section className="decision-part">
          <h3>{t.teamReasons}</h3>
          <ReasonsList reasons={team} />
        </section>
      )}
      <ul className="member-cards">
        {worstFirst(decision.members).map((member, at) => (
          <MemberCard key={`${member.officerId ?? member.certificateNo}-${at}`} member={member}>
            {memberActions?.(member)}
          </MemberCard>
        ))}
      </ul>
    </div>
  );
}

function MemberCard({ member, children }: { member: Member; children?: ReactNode }): ReactNode {
  const t = useTexts(texts);
  const { officerId, name, certificateNo, cleared, reasons, warnings } = member;
  const shown = name ?? t.unknownOfficer;
  return (
    <li className={`member-card ${cleared ? 'fit' : 'unfit'}`} data-cleared={cleared}>
      <div className="member-head">
        <span className="member-name">
          {officerId !== null && name !== null ? <Link to={`/officers/${officerId}`}>{shown}</Link> : shown}
        </span>
        {certificateNo !== null && <span className="code hint">{certificateNo}</span>}
        <span className="grow" />
        <Status kind={cleared ? 'ok' : 'stop'}>{cleared ? t.memberYes : t.memberNo}</Status>
      </div>
      {reasons.length > 0 && <ReasonsList reasons={reasons} />}
      {warnings.length > 0 && (
        <div className="member-warnings">
          <Status kind="soon">{t.warnings}</Status>
          <ReasonsList reasons={warnings} icon={<InfoCircleFilled className="warning-icon" />} />
        </div>
      )}
      {children && <div className="member-actions no-print">{children}</div>}
    </li>
  );
}
