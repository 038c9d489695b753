import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { daysUntil } from '../../shared/lib/dates';
import { CERTIFICATE_STATE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import { texts } from './texts';

/** Every certificate of the person, the newest first. */
export function CertificatesTab({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const found = useQuery({
    queryKey: ['certificates', 'of', officerId],
    queryFn: () => body(api.GET('/api/v1/certificates', { params: { query: { officerId, limit: 50 } } })),
  });
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active />;
  if (found.data.items.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noCertificates} />;
  return (
    <Table<View<'CertificateView'>>
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={found.data.items.toReversed()}
      columns={[
        { title: t.number, render: (_, row) => <Link to={`/certificates/${row.id}`}>{row.certificateNo}</Link> },
        { title: t.type, render: (_, row) => word(CERTIFICATE_TYPE_WORDS[row.type] ?? words('', '')) },
        { title: t.state, render: (_, row) => <StatusOf value={row.state} of={CERTIFICATE_STATE_WORDS} /> },
        { title: t.domains, render: (_, row) => row.domains.map(domains.nameOf).join('、') },
        {
          title: t.validity,
          render: (_, row) => (
            <>
              {row.validFrom} – {row.validTo}{' '}
              {row.state === 'VALID' && <span className="hint">{t.daysLeft(daysUntil(row.validTo))}</span>}
            </>
          ),
        },
      ]}
    />
  );
}
