import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { api, body, type View } from '../../../shared/api/client';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';
import type { Member } from '../decision';
import type { Person } from './question';

/** Who else could go, and instead of whom. */
export function Substitutes({
  asked,
  people,
  unfit,
  onReplace,
  onAdd,
}: {
  asked: Omit<View<'CreateDeploymentDto'>, 'title'>;
  people: readonly Person[];
  unfit: readonly Member[];
  onReplace: (officerId: string, by: Person) => void;
  onAdd: (person: Person) => void;
}): ReactNode {
  const t = useTexts(texts);
  const { subjectId, matterCode, divisionCode, from, to } = asked;
  const query = {
    subjectId,
    matterCode,
    from: from ?? '',
    to: to ?? '',
    ...(divisionCode === undefined ? {} : { divisionCode }),
  };
  const found = useQuery({
    queryKey: ['duty', 'substitutes', query],
    queryFn: ({ signal }) => body(api.GET('/api/v1/duty/substitutes', { params: { query }, signal })),
    staleTime: 0,
  });
  const others = (found.data?.items ?? []).filter(
    ({ officerId }) => !people.some((person) => person.officerId === officerId),
  );
  const first = unfit.find(({ officerId }) => officerId !== null);
  return (
    <section className="panel duty-section no-print" aria-label={t.substitutes}>
      <h3>{t.substitutes}</h3>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? (
        <Skeleton active title={false} />
      ) : (
        <>
          <p className="hint">{others.length === 0 ? t.substitutesNone : t.substitutesLead}</p>
          <ul className="substitutes">
            {others.slice(0, 10).map(({ officerId, name, postTitle, certificateNo }) => (
              <li key={officerId}>
                <strong>{name}</strong>
                <span className="hint">{postTitle}</span>
                <span className="code hint">{certificateNo}</span>
                <span className="grow" />
                {first?.officerId ? (
                  <Button size="small" onClick={() => onReplace(first.officerId ?? '', { officerId, name })}>
                    {t.replace(first.name ?? '')}
                  </Button>
                ) : (
                  <Button size="small" onClick={() => onAdd({ officerId, name })}>
                    {t.addOne}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
