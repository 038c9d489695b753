import { useQuery } from '@tanstack/react-query';
import { Tree, type TreeDataNode } from 'antd';
import { type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { StatusOf } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { SUBJECT_KIND_WORDS, SUBJECT_STATE_WORDS } from '../../../shared/words/bodies';
import { everyPage } from '../every-page';
import { texts } from '../texts';

/** The bodies by level. */
export function SubjectTree({ strength }: { strength: ReadonlyMap<string, View<'StrengthView'>> }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const found = useQuery({
    queryKey: ['subjects', 'tree'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        body(
          api.GET('/api/v1/subjects', {
            params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
            signal,
          }),
        ),
      ),
  });
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const all = found.data;
  const known = new Set(all.map(({ id }) => id));
  const children = (parentId: string | null): TreeDataNode[] =>
    all
      .filter((one) =>
        parentId === null ? one.parentId === null || !known.has(one.parentId) : one.parentId === parentId,
      )
      .map((one) => {
        const force = strength.get(one.id);
        const below = children(one.id);
        return {
          key: one.id,
          isLeaf: below.length === 0,
          children: below,
          selectable: false,
          title: (
            <span className="tree-node">
              <Link to={`/subjects/${one.id}`}>{one.name}</Link>
              <StatusOf value={one.state} of={SUBJECT_STATE_WORDS} />
              <span className="hint">{word(SUBJECT_KIND_WORDS[one.kind] ?? { zh: one.kind, en: one.kind })}</span>
              {force && force.officers > 0 && (
                <Link to={`/officers?subjectId=${one.id}&state=IN_SERVICE`}>
                  {`${t.usable} ${t.usableOf(force.usable, force.officers)}`}
                </Link>
              )}
            </span>
          ),
        };
      });
  return (
    <section className="panel subject-tree" aria-label={t.tree}>
      {all.length >= 600 && <p className="hint">{t.treeLimited}</p>}
      <Tree defaultExpandAll showLine blockNode treeData={children(null)} />
    </section>
  );
}
