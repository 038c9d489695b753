import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../shared/api/client';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { CERTIFICATE_STATE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import { texts } from './texts';

/** An officer's own certificates and the way to the own record. */
export function OwnCertificates(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { data, error, refetch } = useQuery({
    queryKey: ['certificates', 'own'],
    queryFn: () => body(api.GET('/api/v1/certificates', { params: { query: { limit: 20 } } })),
  });
  const officerId = data?.items[0]?.officerId;
  return (
    <section className="panel">
      <h2 className="section-title">{t.own}</h2>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {data?.items.length === 0 && <p className="hint">{t.ownNone}</p>}
      <div className="own-cards">
        {data?.items.map(({ id, type, certificateNo, subjectName, validTo, state }) => (
          <Link key={id} to={`/certificates/${id}`} className="own-card">
            <span>{word(CERTIFICATE_TYPE_WORDS[type] ?? { zh: type, en: type })}</span>
            <strong className="code">{certificateNo}</strong>
            <span>{subjectName}</span>
            <span className="own-card-foot">
              <StatusOf value={state} of={CERTIFICATE_STATE_WORDS} />
              <span>{t.until(validTo)}</span>
            </span>
          </Link>
        ))}
      </div>
      {officerId !== undefined && <Link to="/me">{t.openOwn}</Link>}
    </section>
  );
}
