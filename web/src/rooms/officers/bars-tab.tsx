import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton, Table } from 'antd';
import type { ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { Status } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { BAR_GROUND_WORDS, texts } from './texts';

/** Periods in which the person may not be examined or certified. */
export function BarsTab({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const found = useQuery({
    queryKey: ['officers', officerId, 'bars'],
    queryFn: () => body(api.GET('/api/v1/officers/{id}/bars', { params: { path: { id: officerId } } })),
  });
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active />;
  if (found.data.items.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noBars} />;
  return (
    <Table<View<'BarView'>>
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={[...found.data.items]}
      columns={[
        { title: t.ground, render: (_, row) => word(BAR_GROUND_WORDS[row.ground] ?? words(row.ground, row.ground)) },
        { title: t.period, render: (_, row) => `${row.barredFrom} – ${row.barredTo ?? '…'}` },
        {
          title: t.state,
          render: (_, row) => <Status kind={row.running ? 'stop' : 'over'}>{row.running ? t.running : t.over}</Status>,
        },
        { title: t.recorded, render: (_, row) => <DateText value={row.recordedAt} /> },
      ]}
    />
  );
}
