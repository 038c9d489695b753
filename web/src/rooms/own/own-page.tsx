import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Collapse, Flex, Progress, Segmented, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { PageHeader } from '../../shared/components/page-header';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { daysUntil, today } from '../../shared/lib/dates';
import { CERTIFICATE_STATE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import { OFFICER_STATE_WORDS } from '../../shared/words/people';
import { LiveCode } from './live-code';
import './own.css';
import { texts } from './texts';

type Certificate = View<'CertificateView'>;
type Officer = View<'OfficerSummaryView'>;

/** Those that are done with are not shown while there is another one. */
const OVER: ReadonlySet<string> = new Set(['REPLACED', 'CANCELLED', 'REVOKED', 'EXPIRED', 'LOST']);

/** Half a year before the end, who holds a card wants to know what its renewal needs; the window itself is a setting of the server. */
const RENEWAL_NEAR = 180;

/** P20: the officer's own page, for one hand: the card, the code to show, validity, hours. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const self = useQuery({
    queryKey: ['officers', 'own'],
    queryFn: () => body(api.GET('/api/v1/officers', { params: { query: { limit: 1 } } })),
  });
  const held = useQuery({
    queryKey: ['certificates', 'own'],
    queryFn: () => body(api.GET('/api/v1/certificates', { params: { query: { limit: 20 } } })),
  });
  const error = self.error ?? held.error;
  if (error !== null)
    return (
      <ProblemAlert
        error={error}
        onRetry={() => {
          void self.refetch();
          void held.refetch();
        }}
      />
    );
  if (!self.data || !held.data) return <PageSkeleton />;
  const officer = self.data.items[0];
  if (!officer)
    return (
      <>
        <PageHeader />
        <Alert type="info" showIcon title={t.noRecord} />
      </>
    );
  const all = held.data.items.filter(({ officerId }) => officerId === officer.id);
  const current = all.filter(({ state }) => !OVER.has(state));
  return (
    <>
      <PageHeader
        title={officer.name}
        status={<StatusOf value={officer.state} of={OFFICER_STATE_WORDS} />}
        extra={
          <Link to={`/officers/${officer.id}`}>
            <Button>{t.record}</Button>
          </Link>
        }
      />
      <div className="own-page">
        <Cards officer={officer} of={current.length > 0 ? current : all.slice(-1)} />
        <Hours officerId={officer.id} />
      </div>
    </>
  );
}

function Cards({ officer, of }: { officer: Officer; of: readonly Certificate[] }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const [chosen, setChosen] = useState<string | null>(null);
  const card = of.find(({ id }) => id === chosen) ?? of.find(({ state }) => state === 'VALID') ?? of[0];
  if (!card)
    return (
      <section className="panel">
        <Alert
          type="warning"
          showIcon
          title={t.noCertificate}
          action={<Link to={`/officers/${officer.id}?tab=readiness`}>{t.toReadiness}</Link>}
        />
      </section>
    );
  return (
    <>
      {of.length > 1 && (
        <Segmented<string>
          block
          size="large"
          aria-label={t.choose}
          value={card.id}
          onChange={setChosen}
          options={of.map(({ id, type }) => {
            const name = CERTIFICATE_TYPE_WORDS[type];
            return { value: id, label: name ? word(name) : type };
          })}
        />
      )}
      <Card officer={officer} of={card} />
      <section className="panel" aria-label={t.show}>
        <h2 className="section-title">{t.show}</h2>
        <LiveCode key={card.id} certificateId={card.id} />
      </section>
      <Collapse
        destroyOnHidden
        items={[
          {
            key: 'card',
            label: t.cardCode,
            children: (
              <Flex vertical align="center" gap="small">
                <img className="own-front-code" src={`/api/v1/certificates/${card.id}/qr.svg`} alt={t.cardCode} />
                <span className="hint">{t.cardCodeHint}</span>
              </Flex>
            ),
          },
        ]}
      />
    </>
  );
}

/** The front of the card, as far as a screen shows it. */
function Card({ officer, of }: { officer: Officer; of: Certificate }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const [noPortrait, setNoPortrait] = useState(false);
  const days = daysUntil(of.validTo);
  const type = CERTIFICATE_TYPE_WORDS[of.type];
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t.number, <span className="code">{of.certificateNo}</span>],
    [t.unit, of.subjectName],
    [t.post, officer.postTitle],
    [t.domains, of.domains.map(domains.nameOf).join('、')],
    [t.validity, `${of.validFrom} – ${of.validTo}`],
  ];
  return (
    <section className="panel own-front" data-state={of.state}>
      <Flex justify="space-between" align="center" gap="small" wrap>
        <h2>{type ? word(type) : of.type}</h2>
        <StatusOf value={of.state} of={CERTIFICATE_STATE_WORDS} />
      </Flex>
      <Flex gap="middle" align="flex-start">
        {!noPortrait && (
          <img
            className="own-portrait"
            src={`/api/v1/officers/${officer.id}/photo`}
            alt={t.alt(officer.name)}
            onError={() => setNoPortrait(true)}
          />
        )}
        <dl className="own-facts grow">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Flex>
      <Flex justify="space-between" gap="small" wrap>
        <strong>{days < 0 ? t.overdue : t.daysLeft(days)}</strong>
        {days <= RENEWAL_NEAR && <Link to={`/officers/${officer.id}?tab=readiness`}>{t.toRenewal}</Link>}
        <Link to={`/certificates/${of.id}`}>{t.open}</Link>
      </Flex>
    </section>
  );
}

function Hours({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const year = Number(today().slice(0, 4));
  const found = useQuery({
    queryKey: ['officers', officerId, 'hours', year],
    queryFn: () =>
      body(api.GET('/api/v1/officers/{id}/training-hours', { params: { path: { id: officerId }, query: { year } } })),
  });
  const hours = found.data;
  return (
    <section className="panel">
      <h2 className="section-title">{t.hours(year)}</h2>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {!hours && found.error === null && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
      {hours && (
        <>
          <Progress
            percent={Math.min(100, Math.round((hours.hours / hours.target) * 100))}
            status={hours.remaining > 0 ? 'normal' : 'success'}
            aria-label={t.hoursOf(hours.hours, hours.target)}
            showInfo={false}
          />
          <div>{t.hoursOf(hours.hours, hours.target)}</div>
        </>
      )}
    </section>
  );
}
