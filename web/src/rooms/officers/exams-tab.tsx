import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Flex, Skeleton, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { Status } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { LAW_SUBJECT_WORDS } from '../../shared/words/people';
import { texts } from './texts';

/** Papers passed in released exams, and until when each may be used. */
export function ExamsTab({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const found = useQuery({
    queryKey: ['officers', officerId, 'passes'],
    queryFn: () => body(api.GET('/api/v1/officers/{id}/passes', { params: { path: { id: officerId } } })),
  });
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active />;
  const { items, exemptFromCommonLaw } = found.data;
  return (
    <Flex vertical gap="middle">
      {exemptFromCommonLaw && <Alert type="info" showIcon title={t.exempt} />}
      {items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noPasses}>
          <Link to="/exams">{t.toExams}</Link>
        </Empty>
      ) : (
        <Table<View<'PassView'>>
          size="small"
          rowKey={({ exam, subject, domain }) => `${exam.id} ${subject} ${domain ?? ''}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={items}
          columns={[
            { title: t.exam, render: (_, row) => <Link to={`/exams/${row.exam.id}`}>{row.exam.name}</Link> },
            {
              title: t.subject,
              render: (_, row) =>
                [word(LAW_SUBJECT_WORDS[row.subject] ?? words('', '')), row.domain && domains.nameOf(row.domain)]
                  .filter(Boolean)
                  .join(' · '),
            },
            { title: t.score, dataIndex: 'score', align: 'right' },
            { title: t.passedOn, dataIndex: 'passedOn' },
            {
              title: t.validTo,
              render: (_, row) => <Status kind={row.valid ? 'ok' : 'over'}>{row.validTo}</Status>,
            },
          ]}
        />
      )}
    </Flex>
  );
}
