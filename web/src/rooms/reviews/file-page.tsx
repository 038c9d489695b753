import { ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ReasonsList } from '../../shared/components/reasons-list';
import { Status, StatusOf, type StatusKind } from '../../shared/components/status';
import { Timeline, type TimelineEntry } from '../../shared/components/timeline';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { ActOnFiles, useActName, type Act } from './act';
import './reviews.css';
import { DECISION_WORDS, FILE_STATE_WORDS, SORTING_WORDS, STEP_WORDS, texts } from './texts';

type File = View<'ReviewFileDetailView'>;
const KINDS: Readonly<Record<string, StatusKind>> = { PASS: 'ok', RETURN: 'limited', FAIL: 'stop' };

/** The file of one card: what the system found and by which rule, what was said and decided, and what that does to the card. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['reviews', 'files', 'one', id],
    queryFn: () => body(api.GET('/api/v1/review-files/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const file = found.data;
  return (
    <>
      <PageHeader
        title={`${file.officerName} · ${t.yearTitle(file.reviewedYear)}`}
        status={
          <>
            <StatusOf value={file.state} of={FILE_STATE_WORDS} />
            {file.overdue && <Status kind="stop">{t.overdue}</Status>}
          </>
        }
        extra={<Verbs of={file} />}
      >
        <Link to={`/reviews/${file.campaignId}`}>{t.toYear}</Link>
      </PageHeader>
      <Flex vertical gap="middle">
        <Findings of={file} />
        <Facts of={file} />
        <Card title={t.history} size="small">
          <Steps of={file} />
        </Card>
        <Card title={t.periods} size="small">
          <Periods of={file} />
        </Card>
      </Flex>
    </>
  );
}

function Verbs({ of }: { of: File }): ReactNode {
  const nameOf = useActName();
  const [act, setAct] = useState<Act | null>(null);
  const may = (verb: string): boolean => of.allowedVerbs.includes(verb);
  const acts: readonly Act[] = [
    ...(may('decide') ? (['FAIL', 'RETURN', 'PASS'] as const) : []),
    ...(may('explain') ? (['EXPLAIN'] as const) : []),
    ...(may('reopen') ? (['REOPEN'] as const) : []),
  ];
  return (
    <>
      {acts.map((one) => (
        <Button
          key={one}
          type={one === 'PASS' || one === 'EXPLAIN' || one === 'REOPEN' ? 'primary' : 'default'}
          onClick={() => setAct(one)}
        >
          {nameOf(one, of.step)}
        </Button>
      ))}
      {act !== null && <ActOnFiles files={[of]} act={act} onDone={() => undefined} onClose={() => setAct(null)} />}
    </>
  );
}

function Findings({ of }: { of: File }): ReactNode {
  const t = useTexts(texts);
  const codes = (findings: File['findings']): string => findings.map(({ code }) => code).join();
  const isSame = codes(of.findings) === codes(of.findingsToday);
  const list = (findings: File['findings']): ReactNode =>
    findings.length === 0 ? <Status kind="ok">{t.noFindings}</Status> : <Reasons findings={findings} />;
  return (
    <Card
      size="small"
      className="review-findings"
      title={t.findings}
      extra={<StatusOf value={of.sortingToday} of={SORTING_WORDS} />}
    >
      <Flex vertical gap="small">
        <span className="hint">{t.then(dateTimeText(of.preparedAt))}</span>
        {list(of.findings)}
        {isSame ? (
          <span className="hint">{t.sameToday}</span>
        ) : (
          <>
            <span className="hint">{t.today}</span>
            {list(of.findingsToday)}
          </>
        )}
      </Flex>
    </Card>
  );
}

/** What fails by itself has a cross; what people weigh has a warning sign. */
function Reasons({ findings }: { findings: File['findings'] }): ReactNode {
  const of = (weight: string): File['findings'] => findings.filter((one) => one.weight === weight);
  return (
    <>
      {of('FAILS').length > 0 && <ReasonsList reasons={of('FAILS')} />}
      {of('NEEDS_EXPLANATION').length > 0 && (
        <ReasonsList reasons={of('NEEDS_EXPLANATION')} icon={<ExclamationCircleFilled className="status-limited" />} />
      )}
      {of('NOTE').length > 0 && <ReasonsList reasons={of('NOTE')} icon={<InfoCircleFilled />} />}
    </>
  );
}

function Facts({ of }: { of: File }): ReactNode {
  const t = useTexts(texts);
  const fact = (name: string): string => {
    const value = of.facts[name];
    return typeof value === 'number' || typeof value === 'string' ? String(value) : t.noRecord;
  };
  const test = of.facts['lastTest'] as { on: string; passed: boolean } | null | undefined;
  return (
    <Descriptions
      title={t.facts}
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        { key: 'officer', label: t.officer, children: <Link to={`/officers/${of.officerId}`}>{of.officerName}</Link> },
        { key: 'unit', label: t.unit, children: of.subjectName },
        {
          key: 'no',
          label: t.certificateNo,
          children: <Link to={`/certificates/${of.certificateId}`}>{of.certificateNo}</Link>,
        },
        { key: 'validity', label: t.validity, children: t.span(of.validFrom, of.validTo) },
        { key: 'hours', label: t.hours, children: fact('hours') },
        { key: 'months', label: t.months, children: fact('monthsInPost') },
        { key: 'sanctions', label: t.sanctions, children: fact('sanctions') },
        {
          key: 'test',
          label: t.lastTest,
          children: test ? `${test.on} ${test.passed ? t.passedTest : t.failedTest}` : t.noRecord,
        },
        { key: 'act', label: t.lastAct, children: fact('lastActOn') },
      ]}
    />
  );
}

function Steps({ of }: { of: File }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  if (of.steps.length === 0) return <span className="hint">{t.noSteps}</span>;
  const entries = of.steps.map(({ round, step, decision, opinion, actorName, decidedAt }, at): TimelineEntry => ({
    key: `${step} ${decidedAt} ${at}`,
    at: decidedAt,
    title: `${word(STEP_WORDS[step] ?? words(step, step))} · ${word(DECISION_WORDS[decision] ?? words(decision, decision))}`,
    by: of.round > 1 ? `${actorName} · ${t.round(round)}` : actorName,
    detail: opinion,
    kind: KINDS[decision] ?? 'pending',
  }));
  return <Timeline entries={entries.toReversed()} />;
}

function Periods({ of }: { of: File }): ReactNode {
  const t = useTexts(texts);
  if (of.periods.length === 0) return <span className="hint">{t.noPeriods}</span>;
  const entries = of.periods.map(
    ({ standing, effectiveFrom, effectiveTo, recordedAt, supersededAt }, at): TimelineEntry => ({
      key: `${recordedAt} ${at}`,
      at: recordedAt,
      title: `${standing === 'FAILED' ? t.standing.FAILED : t.standing.OVERDUE}${supersededAt === null ? '' : t.void}`,
      detail:
        effectiveTo !== null
          ? t.span(dateTimeText(effectiveFrom), dateTimeText(effectiveTo))
          : effectiveFrom > recordedAt
            ? t.ahead(dateTimeText(effectiveFrom))
            : t.from(dateTimeText(effectiveFrom)),
      kind: supersededAt === null ? 'stop' : 'void',
    }),
  );
  return <Timeline entries={entries.toReversed()} />;
}
