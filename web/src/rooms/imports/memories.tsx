import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Empty, Flex, Tag } from 'antd';
import type { ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { DateText } from '../../shared/components/date-text';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { kindName } from './kinds';
import { texts } from './texts';

/** What earlier imports taught, and how to have it forgotten. */
export function Memories({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['imports', 'memories'],
    queryFn: () => body(api.GET('/api/v1/import-memories')),
  });
  const forget = useCommand({
    run: (id: string, key) =>
      body(api.POST('/api/v1/import-memories/{id}/clear', { params: { path: { id } }, headers: idempotent(key) })),
    refresh: [['imports', 'memories']],
  });
  return (
    <Drawer open title={t.memories} size={480} onClose={onClose}>
      <p className="hint">{t.memoriesHint}</p>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      <ProblemAlert error={forget.problem} />
      {found.isPending && <PageSkeleton rows={4} />}
      {found.data?.items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noMemories} />}
      {found.data?.items.map((memory) => (
        <section key={memory.id} className="import-memory">
          <Flex justify="space-between" align="center" gap="small">
            <About memory={memory} />
            <Button size="small" danger loading={forget.busy} onClick={() => forget.run(memory.id)}>
              {t.forget}
            </Button>
          </Flex>
          <div className="import-tags">
            {memory.about === 'HEADER'
              ? memory.columns.map(({ heading, field }) => (
                  <Tag key={heading}>
                    {heading} → {field ?? t.ignoredColumn}
                  </Tag>
                ))
              : Object.entries(memory.words).map(([said, meant]) => (
                  <Tag key={said}>
                    {said} → {meant}
                  </Tag>
                ))}
          </div>
        </section>
      ))}
    </Drawer>
  );
}

function About({ memory }: { memory: View<'ImportMemoryView'> }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  return (
    <div>
      <strong>{word(kindName(memory.kind))}</strong>{' '}
      {memory.about === 'HEADER' ? t.memoryHeader(memory.columns.length) : t.memoryWords(memory.field ?? '')}{' '}
      <span className="hint">
        <DateText value={memory.updatedAt} />
      </span>
    </div>
  );
}
