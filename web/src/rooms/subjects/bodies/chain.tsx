import { useQuery } from '@tanstack/react-query';
import { Empty, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { DateText } from '../../../shared/components/date-text';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { ReasonsList } from '../../../shared/components/reasons-list';
import { Status, StatusOf } from '../../../shared/components/status';
import { usePhone } from '../../../shared/hooks/use-phone';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ACT_TYPE_WORDS, DELEGATION_STATE_WORDS } from '../../../shared/words/bodies';
import { PeriodStrip } from '../delegations/period-strip';
import { texts } from '../texts';
import { layoutOf } from './chain-layout';
import { ChainPicture } from './chain-picture';

type ChainView = View<'ChainView'>;

/** Who may do what, on which basis, until when: as a picture, and the same as words. */
export function Chain({ subjectId }: { subjectId: string }): ReactNode {
  const t = useTexts(texts);
  const c = t.chain;
  const phone = usePhone();
  const [chosen, setChosen] = useState<'picture' | 'table' | null>(null);
  const [onlyNo, setOnlyNo] = useState(false);
  const found = useQuery({
    queryKey: ['duty', 'chain', subjectId],
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/duty/subjects/{id}/chain', { params: { path: { id: subjectId } }, signal })),
  });
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const chain = found.data;
  // A phone is too narrow for the picture, but may have it.
  const view = chosen ?? (phone ? 'table' : 'picture');
  const shown = (matter: { readonly allowed: boolean }): boolean => !onlyNo || !matter.allowed;
  return (
    <section className="panel">
      <div className="chain-bar">
        <h2 className="section-title">{c.title}</h2>
        <span className="hint">
          {c.at} <DateText value={chain.at} />
        </span>
        <span className="grow" />
        <Segmented
          aria-label={c.mayNot}
          value={onlyNo ? 'no' : 'all'}
          options={[
            { value: 'all', label: c.filterAll },
            { value: 'no', label: c.filterNo },
          ]}
          onChange={(value) => setOnlyNo(value === 'no')}
        />
        <Segmented
          aria-label={c.title}
          value={view}
          options={[
            { value: 'picture', label: c.asPicture },
            { value: 'table', label: c.asTable },
          ]}
          onChange={(value) => setChosen(value as 'picture' | 'table')}
        />
      </div>
      <p className="hint">{c.lead}</p>
      {chain.matters.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={c.empty} />
      ) : view === 'picture' ? (
        // Wider than a small screen: scrolls, by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="chain-box" tabIndex={0} role="region" aria-label={c.title}>
          <ChainPicture chain={chain} layout={layoutOf(chain, shown)} />
        </div>
      ) : (
        <ChainWords chain={chain} shown={shown} />
      )}
      {chain.given.length > 0 && (
        <div className="subject-section">
          <h2 className="section-title">{c.given}</h2>
          <ul className="records">
            {chain.given.map(({ id, documentNo, delegatee, state, validFrom, validTo, matterCodes }) => (
              <li key={id} className="tree-node">
                <Link to={`/delegations/${id}`}>{documentNo}</Link>
                <StatusOf value={state} of={DELEGATION_STATE_WORDS} />
                <span>
                  {c.givenTo} <Link to={`/subjects/${delegatee.id}`}>{delegatee.name}</Link>
                </span>
                <span className="hint">{t.delegation.matters(matterCodes.length)}</span>
                <PeriodStrip from={validFrom} to={validTo} state={state} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** The same chain for whoever reads rather than looks, or listens. */
function ChainWords({
  chain,
  shown,
}: {
  chain: ChainView;
  shown: (matter: View<'ChainMatterView'>) => boolean;
}): ReactNode {
  const t = useTexts(texts);
  const c = t.chain;
  const word = useWord();
  return (
    <ul className="chain-cards" aria-label={c.table}>
      {layoutOf(chain, shown).rows.map(({ matter, sources }) => (
        <li key={matter.code} className={matter.allowed ? 'yes' : 'no'}>
          <div className="tree-node">
            <Link to={`/matters?q=${encodeURIComponent(matter.code)}`}>
              <strong>{matter.name}</strong>
            </Link>
            <span className="hint">
              {word(ACT_TYPE_WORDS[matter.actType] ?? { zh: matter.actType, en: matter.actType })}
            </span>
            <Status kind={matter.allowed ? 'ok' : 'stop'}>
              {matter.allowed ? `${c.may} ${matter.until === null ? c.open : c.until(matter.until)}` : c.mayNot}
            </Status>
          </div>
          {sources.map((source) => (
            <div key={source.id} className="tree-node">
              {source.law === null ? (
                <span className="no-word">{c.noPower}</span>
              ) : (
                <Link
                  to={`/subjects/${source.law.holderId}?tab=powers`}
                >{`《${source.law.title}》${source.law.article}`}</Link>
              )}
              {source.organ && (
                <>
                  <span aria-hidden="true">→</span>
                  <Link to={`/subjects/${source.organ.id}`}>{source.organ.name}</Link>
                </>
              )}
              {source.letter && (
                <>
                  <span aria-hidden="true">→</span>
                  <Link to={`/delegations/${source.letter.id}`}>{source.letter.documentNo}</Link>
                  <StatusOf value={source.letter.state} of={DELEGATION_STATE_WORDS} />
                </>
              )}
              <span aria-hidden="true">→</span>
              <span>{chain.subjectName}</span>
            </div>
          ))}
          {matter.reasons.length > 0 && <ReasonsList reasons={matter.reasons} />}
        </li>
      ))}
    </ul>
  );
}
