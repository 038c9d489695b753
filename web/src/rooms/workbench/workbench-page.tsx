import { useQuery } from '@tanstack/react-query';
import { Flex, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useMay, useMe } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useKeys } from '../../shared/hooks/use-keys';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateText, dateTimeText, timeText } from '../../shared/lib/dates';
import { CoverageChart, ExpiryChart, HoursChart } from './charts';
import { listOf, moodOf } from './figure-links';
import { LatestEntries } from './latest-entries';
import { OwnCertificates } from './own-certificates';
import { SoonEnding } from './soon-ending';
import { texts } from './texts';
import { TodoState, useTodoTitle } from './todo-title';
import { KIND_WORDS, pathOf } from './todo-words';
import './workbench.css';

const TODOS_SHOWN = 8;
const REFRESH_MS = 60_000;

/** What there is to do now, by role: numbers that open their lists, to-dos, what ends soon, two pictures. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const me = useMe();
  const business = useMay('business.read');
  const own = useMay('own.read');
  const audits = useMay('audit.read');
  const { data, error, refetch } = useQuery({
    queryKey: ['workbench'],
    queryFn: () => body(api.GET('/api/v1/workbench')),
    refetchInterval: REFRESH_MS,
  });
  const today = data ? dateText(data.asOf) : '';
  return (
    <>
      <PageHeader title={t.greeting(me.displayName)}>
        {data && t.asOf(timeText(data.asOf))}
        {me.lastSignInAt !== null && ` · ${t.lastSignIn(dateTimeText(me.lastSignInAt))}`}
      </PageHeader>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      <Figures figures={data?.figures} today={today} failed={error !== null && !data} />
      {own && <OwnCertificates />}
      <div className={business || audits ? 'grid-2 desk' : 'desk'}>
        {!own && <Todos />}
        {business && <SoonEnding />}
        {audits && <LatestEntries />}
        {data && data.expiry.length > 0 && <ExpiryChart months={data.expiry} today={today} />}
        {data && data.coverage.length > 0 && <CoverageChart bodies={data.coverage} />}
        {business && <HoursChart />}
      </div>
    </>
  );
}

function Figures({
  figures,
  today,
  failed,
}: {
  figures: readonly View<'FigureView'>[] | undefined;
  today: string;
  failed: boolean;
}): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const links = (figures ?? []).map(({ key }) => listOf(key, today));
  useKeys(Object.fromEntries(links.slice(0, 9).map((to, at) => [String(at + 1), () => void navigate(to)])));
  if (failed) return null;
  if (!figures) {
    return (
      <div className="tiles">
        {[1, 2, 3, 4].map((n) => (
          <div key={n} className="tile">
            <Skeleton active title={false} paragraph={{ rows: 2 }} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <nav className="tiles" aria-label={t.quick}>
      {figures.map(({ key, count, of }) => (
        <Link key={key} to={listOf(key, today)} className={`tile tile-${moodOf(key, count)}`} data-figure={key}>
          <span className="tile-name">{t.figures[key]}</span>
          <span className="tile-number">
            {count.toLocaleString('zh-CN')}
            {of !== null && <small>{t.of(of)}</small>}
          </span>
        </Link>
      ))}
    </nav>
  );
}

function Todos(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const titleOf = useTodoTitle();
  const { data, error, refetch } = useQuery({
    queryKey: ['todos', 'first'],
    queryFn: () =>
      body(api.GET('/api/v1/workbench/todos', { params: { query: { box: 'PENDING', limit: TODOS_SHOWN } } })),
    refetchInterval: REFRESH_MS,
  });
  return (
    <section className="panel">
      <Flex justify="space-between" align="baseline">
        <h2 className="section-title">{t.todos}</h2>
        <Link to="/todos">{t.allTodos}</Link>
      </Flex>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {data?.items.length === 0 && <p className="hint">{t.noTodos}</p>}
      <ul className="lines">
        {data?.items.map((todo) => (
          <li key={`${todo.kind}-${todo.id}`}>
            <Link to={pathOf(todo)}>
              <span className="line-main">
                <span className="hint">{word(KIND_WORDS[todo.kind])}</span>
                <strong>{titleOf(todo)}</strong>
              </span>
              <span className="line-side">
                <span className="hint">{todo.unit}</span>
                <TodoState of={todo} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
