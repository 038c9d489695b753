import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { Status, StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { FilesTable } from './files-table';
import './reviews.css';
import { SORTING_WORDS, texts, YEAR_STATE_WORDS } from './texts';

type Year = View<'ReviewCampaignDetailView'>;
const CLOCKS = { GREEN: 'ok', AMBER: 'soon', RED: 'stop' } as const;

/** One review year: the heaps that the system made, what was found how often, and the files to be worked off. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['reviews', 'years', id],
    queryFn: () => body(api.GET('/api/v1/review-campaigns/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'PREPARING' ? 2_000 : 30_000),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const year = found.data;
  const done = year.counts.passed + year.counts.failed;
  return (
    <>
      <PageHeader
        title={t.yearTitle(year.reviewedYear)}
        status={
          <>
            <StatusOf value={year.state} of={YEAR_STATE_WORDS} />
            {year.clock !== null && <Status kind={CLOCKS[year.clock]}>{t.dueOn(year.periodTo)}</Status>}
          </>
        }
      >
        {[
          year.subjectName,
          t.span(year.periodFrom, year.periodTo),
          `${t.progress} ${t.progressOf(done, year.counts.total - year.counts.listed)}`,
        ].join(' · ')}
      </PageHeader>
      <Flex vertical gap="small">
        {!year.inEffect && <Alert type="info" showIcon title={t.notInEffect} />}
        {year.state === 'PREPARING' && <Alert type="info" showIcon title={t.preparing} />}
      </Flex>
      <Heaps year={year} />
      <Causes year={year} />
      <FilesTable campaignId={id} causes={year.causes} />
    </>
  );
}

function Heaps({ year: { counts } }: { year: Year }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const [params] = useSearchParams();
  const chosen = params.get('sorting');
  const heaps = [
    ['FAILS', counts.fails],
    ['NEEDS_EXPLANATION', counts.needsExplanation],
    ['PASSES', counts.passes],
    ['LISTED', counts.listed],
  ] as const;
  return (
    <nav className="review-heaps" aria-label={t.heaps}>
      {heaps.map(([sorting, count]) => (
        <Link
          key={sorting}
          to={chosen === sorting ? '?' : `?sorting=${sorting}`}
          className="review-heap"
          aria-current={chosen === sorting}
        >
          <Status kind={SORTING_WORDS[sorting][0]}>{word(SORTING_WORDS[sorting][1])}</Status>
          <strong>{count}</strong>
        </Link>
      ))}
    </nav>
  );
}

/** Each finding with how often it stands in the way; a click shows whom. */
function Causes({ year: { causes } }: { year: Year }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  if (causes.length === 0) return null;
  return (
    <Flex gap="small" wrap align="center" className="review-causes">
      <span className="hint">{t.causes}</span>
      {causes.map(({ code, count, zh, en }) => (
        <Link key={code} to={`?cause=${code}`}>
          <Tag>
            {word({ zh, en })} {count}
          </Tag>
        </Link>
      ))}
    </Flex>
  );
}
