import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { PageProblem } from '../../../shared/components/page-problem';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ReasonsList } from '../../../shared/components/reasons-list';
import { Status, StatusOf } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ACT_TYPE_WORDS, DELEGATION_STATE_WORDS } from '../../../shared/words/bodies';
import { BasisText } from '../basis-fields';
import '../subjects.css';
import { texts } from '../texts';
import { DelegationVerb, type Verb } from './delegation-verbs';
import { PeriodStrip } from './period-strip';

type Delegation = View<'DelegationDetailView'>;

/** One letter of delegation: what it says, how it was published, what befell it, how it was supervised. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const d = t.delegation;
  const word = useWord();
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['delegations', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/delegations/{id}', { params: { path: { id } }, signal })),
  });
  if (found.error) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const delegation = found.data;
  return (
    <>
      <PageHeader
        title={delegation.documentNo}
        status={<StatusOf value={delegation.state} of={DELEGATION_STATE_WORDS} />}
        extra={<Verbs delegation={delegation} />}
      />
      {delegation.warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="problem"
          title={t.warnings}
          description={<ReasonsList reasons={delegation.warnings} icon={<span>•</span>} />}
        />
      )}
      <div className="grid-2">
        <section className="panel">
          <Descriptions
            size="small"
            bordered
            column={1}
            items={[
              {
                key: 'delegator',
                label: d.delegator,
                children: <Link to={`/subjects/${delegation.delegator.id}`}>{delegation.delegator.name}</Link>,
              },
              {
                key: 'delegatee',
                label: d.delegatee,
                children: <Link to={`/subjects/${delegation.delegatee.id}`}>{delegation.delegatee.name}</Link>,
              },
              {
                key: 'matters',
                label: d.matter,
                children: (
                  <ul className="bases">
                    {delegation.matters.map(({ code, name, actType }) => (
                      <li key={code}>
                        <Link to={`/matters?q=${encodeURIComponent(code)}`}>{name}</Link>
                        <span className="hint">{word(ACT_TYPE_WORDS[actType] ?? { zh: actType, en: actType })}</span>
                      </li>
                    ))}
                  </ul>
                ),
              },
              {
                key: 'area',
                label: t.powers.area,
                children: <span className="code">{delegation.jurisdictionCode}</span>,
              },
              {
                key: 'authority',
                label: d.authority,
                children: <span className="prewrap">{delegation.authority}</span>,
              },
              {
                key: 'basis',
                label: d.legalBasis,
                children: (
                  <span className="tree-node">
                    <BasisText basis={delegation.legalBasis} />
                  </span>
                ),
              },
              {
                key: 'period',
                label: d.period,
                children: <PeriodStrip from={delegation.validFrom} to={delegation.validTo} state={delegation.state} />,
              },
              {
                key: 'signed',
                label: d.signOn,
                children: <DateText value={delegation.signedOn} time={false} />,
              },
            ]}
          />
        </section>
        <section className="panel">
          <h2 className="section-title">{d.publications}</h2>
          <ul className="records">
            {(['DELEGATOR', 'DELEGATEE'] as const).map((side) => {
              const published = delegation.publications.find((one) => one.side === side);
              return (
                <li key={side}>
                  <span className="tree-node">
                    <strong>{d.sides[side]}</strong>
                    {published ? (
                      <>
                        <DateText value={published.publishedOn} time={false} />
                        <span>{published.reference}</span>
                      </>
                    ) : (
                      <Status kind="pending">{d.notPublished}</Status>
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
          {delegation.suspensions.length > 0 && (
            <>
              <h2 className="section-title subject-section">{d.suspensions}</h2>
              <ul className="records">
                {delegation.suspensions.map((suspension) => (
                  <li key={suspension.recordedAt}>
                    <DateText value={suspension.effectiveFrom} /> –{' '}
                    {suspension.effectiveTo === null ? '' : <DateText value={suspension.effectiveTo} />}
                    <div>{suspension.reason}</div>
                  </li>
                ))}
              </ul>
            </>
          )}
          {delegation.revocation && (
            <>
              <h2 className="section-title subject-section">{d.revocation}</h2>
              <p>
                <DateText value={delegation.revocation.effectiveFrom} /> {delegation.revocation.reason}
              </p>
            </>
          )}
          <h2 className="section-title subject-section">{d.records}</h2>
          {delegation.records.length === 0 ? (
            <p className="hint">{d.noRecords}</p>
          ) : (
            <ul className="records">
              {delegation.records.toReversed().map((record) => (
                <li key={record.id}>
                  <span className="tree-node">
                    <strong>{d.recordKinds[record.kind]}</strong>
                    <DateText value={record.happenedOn} time={false} />
                  </span>
                  <div className="prewrap">{record.summary}</div>
                  {record.findings !== null && (
                    <div className="prewrap">
                      <span className="hint">{d.findings}</span> {record.findings}
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}

const WRITES: readonly Verb[] = ['sign', 'publish'];
const DECIDES: readonly Verb[] = ['resume', 'suspend', 'revoke'];

/** Exactly the moves that the server names, as far as the permission goes. */
function Verbs({ delegation }: { delegation: Delegation }): ReactNode {
  const d = useTexts(texts).delegation;
  const mayWrite = useMay('subject.write');
  const mayDecide = useMay('subject.decide');
  const mayReport = useMay('delegation.report');
  const [open, setOpen] = useState<Verb | null>(null);
  const allowed = (verb: Verb): boolean => delegation.commands.includes(verb);
  const isFact = delegation.stage !== 'DRAFT';
  const verbs: readonly Verb[] = [
    ...(mayWrite ? WRITES.filter(allowed) : []),
    ...(mayDecide ? DECIDES.filter(allowed) : []),
    ...(mayWrite && isFact ? (['supervise'] as const) : []),
    ...(mayReport && isFact ? (['report'] as const) : []),
  ];
  return (
    <>
      {verbs.map((verb) => (
        <Button
          key={verb}
          type={WRITES.includes(verb) || verb === 'resume' ? 'primary' : 'default'}
          danger={verb === 'suspend' || verb === 'revoke'}
          onClick={() => setOpen(verb)}
        >
          {d.verb[verb]}
        </Button>
      ))}
      {open !== null && <DelegationVerb delegation={delegation} verb={open} onClose={() => setOpen(null)} />}
    </>
  );
}
