import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Empty, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { StatusOf } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { CheckDialog, PrepareDialog, WithholdDialog } from './publication-verbs';
import { texts } from './texts';
import {
  ENDED_CAUSE_WORDS,
  PUBLICATION_CAUSE_WORDS,
  PUBLICATION_CLOCK_WORDS,
  PUBLICATION_STATE_WORDS,
  stepWord,
} from './words';

/** One record of the public list: what the public sees, the clock, and who prepared and checked it. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const [verb, setVerb] = useState<'prepare' | 'check' | 'withhold' | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const found = useQuery({
    queryKey: ['publications', id],
    queryFn: () => body(api.GET('/api/v1/publications/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  const may = (each: string): boolean => it.allowedVerbs.includes(each);
  const close = (): void => setVerb(null);
  const done = (told: readonly Outcome[]): void => {
    setOutcomes(told);
    close();
  };
  const item = (label: string, children: ReactNode) => ({ key: label, label, children });
  return (
    <PersonalData>
      <PageHeader
        title={it.officerName}
        status={<StatusOf value={it.state} of={PUBLICATION_STATE_WORDS} />}
        extra={
          <>
            {may('prepare') && (
              <Button type="primary" onClick={() => setVerb('prepare')}>
                {t.prepare}
              </Button>
            )}
            {may('check') && (
              <Button type="primary" onClick={() => setVerb('check')}>
                {t.check}
              </Button>
            )}
            {may('withhold') && (
              <Button danger onClick={() => setVerb('withhold')}>
                {t.withhold}
              </Button>
            )}
            <Link to={`/certificates/${it.certificateId}`}>
              <Button>{t.toCertificate}</Button>
            </Link>
          </>
        }
      />
      <Outcomes of={outcomes} />
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          item(t.unit, it.subject.name),
          item(t.certificate, <span className="code">{it.certificateNo}</span>),
          item(t.cause, word(PUBLICATION_CAUSE_WORDS[it.cause] ?? words(it.cause, it.cause))),
          item(t.shown, it.shownNow ? t.yes : t.no),
          ...(it.clock === null
            ? []
            : [
                item(t.clock, <StatusOf value={it.clock.colour} of={PUBLICATION_CLOCK_WORDS} />),
                item(t.since, it.clock.sinceOn),
                item(t.target, it.clock.targetOn),
                item(t.limit, it.clock.limitOn),
              ]),
          item(t.prepared, <DateText value={it.preparedAt} />),
          item(t.published, <DateText value={it.publishedAt} />),
          ...(it.endedAt === null
            ? []
            : [
                item(t.ended, <DateText value={it.endedAt} />),
                item(
                  t.endedCause,
                  it.endedCause === null
                    ? '–'
                    : word(ENDED_CAUSE_WORDS[it.endedCause] ?? words(it.endedCause, it.endedCause)),
                ),
              ]),
        ]}
      />
      <h2 className="section-title">{t.content}</h2>
      {it.content === null ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.notPrepared} />
      ) : (
        <Content of={it.content} />
      )}
      <h2 className="section-title">{t.steps}</h2>
      <Steps of={it.steps} />
      {verb === 'prepare' && <PrepareDialog rows={[it]} onDone={done} onClose={close} />}
      {verb === 'check' && <CheckDialog rows={[it]} onDone={done} onClose={close} />}
      {verb === 'withhold' && <WithholdDialog of={it} onClose={close} />}
    </PersonalData>
  );
}

function Content({ of }: { of: View<'PublicOfficerView'> }): ReactNode {
  const t = useTexts(texts);
  return (
    <>
      <p className="hint">{t.contentLead}</p>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          { key: 'name', label: t.name, children: of.name },
          { key: 'unit', label: t.unit, children: of.unit },
          { key: 'certificate', label: t.certificate, children: <span className="code">{of.certificateNo}</span> },
          { key: 'post', label: t.post, children: of.post },
          { key: 'domains', label: t.domains, children: of.domains.join('、') },
          { key: 'area', label: t.area, children: of.area },
          { key: 'issuer', label: t.issuer, children: of.issuer ?? <span className="none">–</span> },
          { key: 'validity', label: t.validity, children: `${of.validFrom} – ${of.validTo}` },
        ]}
      />
    </>
  );
}

function Steps({ of }: { of: readonly View<'PublicationStepView'>[] }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  if (of.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noSteps} />;
  return (
    <Flex vertical gap="small">
      {of.map((step) => (
        <div key={`${step.decidedAt}-${step.decision}`} className="panel">
          <Flex gap="small" wrap>
            <strong>{word(stepWord(step.decision))}</strong>
            <span>{step.actorName}</span>
            <DateText value={step.decidedAt} />
            {step.privacyChecked === true && <span className="hint">{t.privacyOk}</span>}
            {step.secrecyChecked === true && <span className="hint">{t.secrecyOk}</span>}
          </Flex>
          {step.note !== '' && <div>{step.note}</div>}
        </div>
      ))}
    </Flex>
  );
}
