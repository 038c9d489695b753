import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, download, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf, type StatusKind } from '../../shared/components/status';
import { Timeline } from '../../shared/components/timeline';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { CERTIFICATE_STATE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import './certificates.css';
import { CertificateVerbs } from './certificate-verbs';
import { MOVE_WORDS, ORIGIN_WORDS, texts } from './texts';

type Certificate = View<'CertificateDetailView'>;
const KINDS: Readonly<Record<string, StatusKind>> = {
  activate: 'ok',
  lift: 'ok',
  suspend: 'limited',
  revoke: 'stop',
  cancel: 'void',
  reportLoss: 'stop',
  expire: 'stop',
  replace: 'over',
};

/** P14: both sides, validity, history, and what may be done with it now. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['certificates', id],
    queryFn: () => body(api.GET('/api/v1/certificates/{id}', { params: { path: { id } } })),
    // Somebody else may revoke it while it is looked at.
    refetchInterval: 10_000,
  });
  const pdf = useCommand({ run: () => download(`/api/v1/certificates/${id}/card.pdf`, 'card.pdf') });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  return (
    <>
      <PageHeader
        title={it.certificateNo}
        status={<StatusOf value={it.state} of={CERTIFICATE_STATE_WORDS} />}
        extra={
          <>
            <Button loading={pdf.busy} onClick={() => pdf.run(undefined)}>
              {t.pdf}
            </Button>
            <CertificateVerbs of={it} />
          </>
        }
      />
      <ProblemAlert error={pdf.problem} />
      <Flex gap="middle" wrap align="flex-start">
        <Face of={it} />
        <Facts of={it} />
      </Flex>
      <Card title={t.history} size="small" className="certificate-history">
        <History of={it} />
      </Card>
    </>
  );
}

/** What the card says, drawn in its proportions (85.6 × 54), with the QR code of its public page. */
function Face({ of }: { of: Certificate }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const [noPhoto, setNoPhoto] = useState(false);
  return (
    <div className="card-face" aria-label={t.card} role="group">
      <div className="card-head">{word(CERTIFICATE_TYPE_WORDS[of.type] ?? words('', ''))}</div>
      <div className="card-body">
        <div className="card-photo">
          {!noPhoto && (
            <img src={`/api/v1/officers/${of.officerId}/photo`} alt={of.holderName} onError={() => setNoPhoto(true)} />
          )}
        </div>
        <dl>
          <dt>{t.holder}</dt>
          <dd className="card-name">{of.holderName}</dd>
          <dt>{t.unit}</dt>
          <dd>{of.subjectName}</dd>
          <dt>{t.certificateNo}</dt>
          <dd className="code">{of.certificateNo}</dd>
          <dt>{t.validity}</dt>
          <dd>
            {of.validFrom} – {of.validTo}
          </dd>
        </dl>
        <a href={`/v/${of.publicCode}`} target="_blank" rel="noreferrer" className="card-qr">
          <img src={`/api/v1/certificates/${of.id}/qr.svg`} alt={t.qr} />
        </a>
      </div>
    </div>
  );
}

function Facts({ of }: { of: Certificate }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const link = (label: string, to: NonNullable<Certificate['previous']> | null) =>
    to === null ? [] : [{ key: label, label, children: <Link to={`/certificates/${to.id}`}>{to.certificateNo}</Link> }];
  return (
    <Descriptions
      className="grow"
      size="small"
      bordered
      column={1}
      items={[
        { key: 'holder', label: t.holder, children: <Link to={`/officers/${of.officerId}`}>{of.holderName}</Link> },
        { key: 'unit', label: t.unit, children: of.subjectName },
        { key: 'domains', label: t.domains, children: of.domains.map(domains.nameOf).join('、') },
        { key: 'origin', label: t.origin, children: word(ORIGIN_WORDS[of.origin] ?? words(of.origin, of.origin)) },
        { key: 'issued', label: t.issuedAt, children: <DateText value={of.issuedAt} /> },
        {
          key: 'verified',
          label: t.verified,
          children: of.lastVerifiedAt === null ? t.never : <DateText value={of.lastVerifiedAt} />,
        },
        {
          key: 'card',
          label: t.card,
          children: (
            <>
              {t.printed(of.timesPrinted)} ·{' '}
              <a href={`/v/${of.publicCode}`} target="_blank" rel="noreferrer" className="in-text">
                {t.publicPage}
              </a>
            </>
          ),
        },
        ...link(t.earlier, of.previous),
        ...link(t.later, of.next),
        { key: 'hash', label: t.hash, children: <span className="code hash">{of.contentHash}</span> },
      ]}
    />
  );
}

function History({ of }: { of: Certificate }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const grounds = useDictionary('grounds');
  return (
    <Timeline
      entries={of.moves
        .toReversed()
        .map(({ command, ground, document, effectiveFrom, recordedAt, recordedBy }, at) => ({
          key: `${command} ${recordedAt} ${at}`,
          at: effectiveFrom,
          title: word(MOVE_WORDS[command] ?? words(command, command)),
          kind: KINDS[command] ?? 'pending',
          current: at === 0,
          // What took effect at once is not dated twice.
          ...(recordedBy === null && dateTimeText(recordedAt) === dateTimeText(effectiveFrom)
            ? {}
            : { by: `${recordedBy ?? ''} ${t.recordedAt(dateTimeText(recordedAt))}`.trim() }),
          detail: [ground === null ? '' : grounds.nameOf(ground), document ?? '']
            .filter((text) => text !== '')
            .join(` · ${t.document} `),
        }))}
    />
  );
}
