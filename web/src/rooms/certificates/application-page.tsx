import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Flex, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { StatusOf, type StatusKind } from '../../shared/components/status';
import { Timeline, type TimelineEntry } from '../../shared/components/timeline';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { APPLICATION_TYPE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import { ApplicationClock } from './application-clock';
import { Decide, type Decision } from './decide';
import { APPLICATION_STATE_WORDS, DECISION_WORDS, STEP_WORDS, texts } from './texts';

type Application = View<'ApplicationDetailView'>;
const KINDS: Readonly<Record<string, StatusKind>> = { APPROVE: 'ok', RETURN: 'limited', REJECT: 'stop' };

/** One application: what was asked, each level with its opinion, and what the asker may do now. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const found = useQuery({
    queryKey: ['certificates', 'applications', id],
    queryFn: () => body(api.GET('/api/v1/certificate-applications/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  const steps: TimelineEntry[] = [
    ...it.steps.map(({ step, decision, opinion, actorName, decidedAt }): TimelineEntry => ({
      key: `${step} ${decidedAt}`,
      at: decidedAt,
      title: `${word(STEP_WORDS[step] ?? words(step, step))} · ${word(DECISION_WORDS[decision] ?? words(decision, decision))}`,
      by: actorName,
      detail: opinion,
      kind: KINDS[decision] ?? 'pending',
    })),
    { key: 'submitted', at: it.submittedAt, title: t.submitted, kind: 'pending' as const },
  ].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <>
      <PageHeader
        title={`${it.officerName} · ${word(APPLICATION_TYPE_WORDS[it.type] ?? words(it.type, it.type))}`}
        status={<StatusOf value={it.state} of={APPLICATION_STATE_WORDS} />}
        extra={<Verbs of={it} />}
      />
      <Flex vertical gap="middle">
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, sm: 1, md: 2 }}
          items={[
            { key: 'no', label: t.no, children: <span className="code">{it.applicationNo}</span> },
            {
              key: 'officer',
              label: t.officer,
              children: <Link to={`/officers/${it.officerId}`}>{it.officerName}</Link>,
            },
            { key: 'unit', label: t.unit, children: it.subjectName },
            {
              key: 'type',
              label: t.certificateType,
              children: word(CERTIFICATE_TYPE_WORDS[it.certificateType] ?? words('', '')),
            },
            { key: 'domains', label: t.domains, children: it.domains.map(domains.nameOf).join('、') },
            { key: 'clock', label: t.clock, children: <ApplicationClock of={it} /> },
            { key: 'submitted', label: t.submittedAt, children: <DateText value={it.submittedAt} /> },
            ...(it.previousCertificateId === null
              ? []
              : [
                  {
                    key: 'previous',
                    label: t.previous,
                    children: <Link to={`/certificates/${it.previousCertificateId}`}>{t.previous}</Link>,
                  },
                ]),
          ]}
        />
        <Link to={`/officers/${it.officerId}?tab=readiness&type=${it.type}`}>{t.readiness}</Link>
        <Card title={t.steps} size="small">
          <Timeline entries={steps} />
        </Card>
      </Flex>
    </>
  );
}

type Verb = 'resubmit' | 'withdraw';

function Verbs({ of }: { of: Application }): ReactNode {
  const t = useTexts(texts);
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [verb, setVerb] = useState<Verb | null>(null);
  const may = (name: string): boolean => of.allowedVerbs.includes(name);
  const approve = of.step === 'DISTRICT_APPROVAL' ? t.approve.DISTRICT_APPROVAL : t.approve.DISTRICT_REVIEW;
  return (
    <>
      {may('withdraw') && <Button onClick={() => setVerb('withdraw')}>{t.withdraw}</Button>}
      {may('resubmit') && (
        <Button type="primary" onClick={() => setVerb('resubmit')}>
          {t.resubmit}
        </Button>
      )}
      {may('decide') && (
        <>
          <Button onClick={() => setDeciding('REJECT')}>{t.reject}</Button>
          <Button onClick={() => setDeciding('RETURN')}>{t.returnIt}</Button>
          <Button type="primary" onClick={() => setDeciding('APPROVE')}>
            {approve}
          </Button>
        </>
      )}
      {deciding && (
        <Decide applications={[of]} decision={deciding} onDone={() => undefined} onClose={() => setDeciding(null)} />
      )}
      {verb !== null && <ApplicantsVerb of={of} verb={verb} onClose={() => setVerb(null)} />}
    </>
  );
}

/** What the applying unit may do: hand a returned one in again, or take one back; both with a reason. */
function ApplicantsVerb({ of, verb, onClose }: { of: Application; verb: Verb; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const act = useCommand({
    run: (given: string, key) => {
      const options = { params: { path: { id: of.id } }, headers: idempotent(key) };
      return verb === 'resubmit'
        ? body(api.POST('/api/v1/certificate-applications/{id}/resubmit', { ...options, body: { note: given } }))
        : body(api.POST('/api/v1/certificate-applications/{id}/withdraw', { ...options, body: { reason: given } }));
    },
    refresh: [['certificates']],
    done: () => {
      void message.success(t.done);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      title={t[verb]}
      confirm={t[verb]}
      {...(verb === 'withdraw' ? { consequence: t.withdrawFollows } : {})}
      answers={[
        { label: t.no, value: of.applicationNo },
        { label: t.officer, value: of.officerName },
      ]}
      busy={act.busy}
      error={act.problem}
      onConfirm={() => act.run(text.trim())}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{t.note}</span>
        <Input.TextArea value={text} maxLength={500} rows={2} onChange={(event) => setText(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
