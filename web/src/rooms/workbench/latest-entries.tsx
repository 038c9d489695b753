import { useQuery } from '@tanstack/react-query';
import { Flex, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../shared/api/client';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { nounWord, verbWord } from '../../shared/words/audit';
import { texts } from './texts';

const SHOWN = 8;

/** What was done last, for whoever watches over it. */
export function LatestEntries(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'latest'],
    queryFn: () => body(api.GET('/api/v1/audit/entries', { params: { query: { order: 'desc', limit: SHOWN } } })),
  });
  return (
    <section className="panel">
      <Flex justify="space-between" align="baseline">
        <h2 className="section-title">{t.latest}</h2>
        <Link to="/audit">{t.allEntries}</Link>
      </Flex>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      <ul className="lines">
        {data?.items.map(({ id, verb, actorName, actorId, target, recordedAt }) => (
          <li key={id}>
            <Link to={`/audit?targetId=${encodeURIComponent(target.id)}`}>
              <span className="line-main">
                <strong>{word(verbWord(verb))}</strong>
                <span className="hint">{word(nounWord(target.type))}</span>
              </span>
              <span className="line-side">
                <span className="hint">{actorId === null ? t.system : actorName}</span>
                <span>{dateTimeText(recordedAt)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
