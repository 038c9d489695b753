import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { PageProblem } from '../../../shared/components/page-problem';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ReasonsList } from '../../../shared/components/reasons-list';
import { StatusOf } from '../../../shared/components/status';
import { Timeline } from '../../../shared/components/timeline';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { dateText } from '../../../shared/lib/dates';
import { SUBJECT_KIND_WORDS, SUBJECT_STATE_WORDS } from '../../../shared/words/bodies';
import { BasisText } from '../basis-fields';
import { DelegationTable } from '../delegations/delegation-table';
import '../subjects.css';
import { texts } from '../texts';
import { Chain } from './chain';
import { ConfirmSubject } from './confirm-subject';
import { MoveSubject, type SubjectVerb } from './move-subject';
import { Powers } from './powers';

type Subject = View<'SubjectDetailView'>;
const TABS = ['overview', 'powers', 'chain', 'delegations'] as const;

/** One body: what it is, what it may do and why, whom it delegated to or from. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((name) => name === params.get('tab')) ?? 'overview';
  const found = useQuery({
    queryKey: ['subjects', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/subjects/{id}', { params: { path: { id } }, signal })),
  });
  if (found.error) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const subject = found.data;
  const newest = subject.statusPeriods.at(-1);
  const isPending = subject.newestState !== subject.state && newest !== undefined;
  return (
    <>
      <PageHeader
        title={subject.name}
        status={<StatusOf value={subject.state} of={SUBJECT_STATE_WORDS} />}
        extra={<Verbs subject={subject} />}
      >
        {word(SUBJECT_KIND_WORDS[subject.kind] ?? { zh: subject.kind, en: subject.kind })}
        {' · '}
        <span className="code">{subject.uscc}</span>
      </PageHeader>
      {isPending && (
        <Alert
          type="info"
          showIcon
          className="problem"
          title={t.pending(word(SUBJECT_STATE_WORDS[subject.newestState][1]), dateText(newest.effectiveFrom))}
        />
      )}
      {subject.warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="problem"
          title={t.warnings}
          description={<ReasonsList reasons={subject.warnings} icon={<span>•</span>} />}
        />
      )}
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams(key === 'overview' ? {} : { tab: key }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'overview', label: t.tabs.overview, children: <Overview subject={subject} /> },
          { key: 'powers', label: t.tabs.powers, children: <Powers subject={subject} /> },
          { key: 'chain', label: t.tabs.chain, children: <Chain subjectId={subject.id} /> },
          {
            key: 'delegations',
            label: t.tabs.delegations,
            children: <DelegationTable fixed={{ subjectId: subject.id }} />,
          },
        ]}
      />
    </>
  );
}

function Verbs({ subject }: { subject: Subject }): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const mayDecide = useMay('subject.decide');
  const mayCheck = useMay('duty.check');
  const [open, setOpen] = useState<SubjectVerb | 'confirm' | null>(null);
  const has = (verb: string): boolean => mayDecide && (subject.commands as readonly string[]).includes(verb);
  const close = (): void => setOpen(null);
  return (
    <>
      {has('confirm') && (
        <Button type="primary" onClick={() => setOpen('confirm')}>
          {t.verb.confirm}
        </Button>
      )}
      {has('restore') && (
        <Button type="primary" onClick={() => setOpen('restore')}>
          {t.verb.restore}
        </Button>
      )}
      {has('suspend') && (
        <Button danger onClick={() => setOpen('suspend')}>
          {t.verb.suspend}
        </Button>
      )}
      {has('abolish') && (
        <Button danger onClick={() => setOpen('abolish')}>
          {t.verb.abolish}
        </Button>
      )}
      {mayCheck && subject.state === 'CONFIRMED' && (
        <Button onClick={() => void navigate(`/duty/check?subject=${subject.id}&division=${subject.divisionCode}`)}>
          {t.teamCheck}
        </Button>
      )}
      {open === 'confirm' && <ConfirmSubject subject={subject} onClose={close} />}
      {open !== null && open !== 'confirm' && <MoveSubject subject={subject} verb={open} onClose={close} />}
    </>
  );
}

function Overview({ subject }: { subject: Subject }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const strength = useQuery({
    queryKey: ['duty', 'strength', subject.id],
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/duty/strength', { params: { query: { subjectId: subject.id } }, signal })),
  });
  const force = strength.data?.items[0];
  return (
    <div className="grid-2">
      <section className="panel">
        <Descriptions
          size="small"
          column={1}
          bordered
          items={[
            { key: 'uscc', label: t.uscc, children: <span className="code">{subject.uscc}</span> },
            { key: 'division', label: t.division, children: <span className="code">{subject.divisionCode}</span> },
            {
              key: 'parent',
              label: t.parent,
              children:
                subject.parentId === null ? (
                  '–'
                ) : (
                  <Link to={`/subjects/${subject.parentId}`}>{subject.parentName ?? subject.parentId}</Link>
                ),
            },
            {
              key: 'people',
              label: t.people,
              children: force && (
                <Link to={`/officers?subjectId=${subject.id}&state=IN_SERVICE`}>
                  {`${t.usable} ${t.usableOf(force.usable, force.officers)}`}
                </Link>
              ),
            },
            { key: 'created', label: t.createdAt, children: <DateText value={subject.createdAt} /> },
          ]}
        />
        <h2 className="section-title subject-section">{t.legalBases}</h2>
        <ul className="bases">
          {subject.legalBases.map((basis) => (
            <li key={`${basis.title}${basis.article}`}>
              <BasisText basis={basis} />
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2 className="section-title">{t.history}</h2>
        <Timeline
          entries={[
            ...subject.statusPeriods.toReversed().map((period, at) => ({
              key: period.id,
              at: period.effectiveFrom,
              title: word(SUBJECT_STATE_WORDS[period.status][1]),
              kind: SUBJECT_STATE_WORDS[period.status][0],
              current: at === 0,
              detail: <PeriodFacts period={period} />,
            })),
            {
              key: 'registered',
              at: subject.createdAt,
              title: word(SUBJECT_STATE_WORDS.REGISTERED[1]),
              kind: 'pending' as const,
            },
          ]}
        />
        {subject.formerPeriods.length > 0 && (
          <>
            <h2 className="section-title">{t.former}</h2>
            <ul className="records">
              {subject.formerPeriods.map((period) => (
                <li key={period.id}>
                  <StatusOf value={period.status} of={SUBJECT_STATE_WORDS} /> {t.since(dateText(period.effectiveFrom))}{' '}
                  {period.effectiveTo === null ? '' : t.until(dateText(period.effectiveTo))}
                  <div className="hint">
                    {t.corrected} <DateText value={period.supersededAt} />
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function PeriodFacts({ period }: { period: View<'SubjectStatusPeriodView'> }): ReactNode {
  const t = useTexts(texts);
  return (
    <>
      {period.document !== null && <div>{`${t.document} ${period.document}`}</div>}
      {period.announcementReference !== null && (
        <div>{`${t.announcement} ${period.announcementReference} ${period.announcedOn ?? ''}`}</div>
      )}
      {period.reason !== null && <div>{`${t.reason} ${period.reason}`}</div>}
      <div className="hint">
        {t.recordedAt} <DateText value={period.recordedAt} />
      </div>
    </>
  );
}
