import { useQuery } from '@tanstack/react-query';
import { Flex, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../shared/api/client';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { Status } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts } from '../../shared/i18n/dictionary';
import { daysUntil } from '../../shared/lib/dates';
import { texts } from './texts';

const SHOWN = 8;
const URGENT_DAYS = 30;

/** The certificates that end first. */
export function SoonEnding(): ReactNode {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery({
    queryKey: ['certificates', 'soon'],
    queryFn: () =>
      body(api.GET('/api/v1/certificates', { params: { query: { expiringWithinDays: 90, limit: SHOWN } } })),
  });
  const first = data?.items ?? [];
  return (
    <section className="panel">
      <Flex justify="space-between" align="baseline">
        <h2 className="section-title">{t.soon}</h2>
        <Link to="/certificates?expiringWithinDays=90">{t.figures.certificatesExpiring}</Link>
      </Flex>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {data?.items.length === 0 && <p className="hint">{t.noSoon}</p>}
      <PersonalData>
        <ul className="lines">
          {first.map(({ id, holderName, subjectName, validTo }) => (
            <li key={id}>
              <Link to={`/certificates/${id}`}>
                <span className="line-main">
                  <strong>{holderName}</strong>
                  <span className="hint">{subjectName}</span>
                </span>
                <span className="line-side">
                  <Status kind={daysUntil(validTo) <= URGENT_DAYS ? 'limited' : 'soon'}>{t.until(validTo)}</Status>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </PersonalData>
    </section>
  );
}
