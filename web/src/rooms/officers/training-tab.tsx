import { useQuery } from '@tanstack/react-query';
import { Empty, Flex, InputNumber, Progress, Skeleton, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { today } from '../../shared/lib/dates';
import { LAW_SUBJECT_WORDS } from '../../shared/words/people';
import { texts } from './texts';

/** Confirmed hours of a year against the target, class by class. */
export function TrainingTab({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const [year, setYear] = useState(Number(today().slice(0, 4)));
  const found = useQuery({
    queryKey: ['officers', officerId, 'hours', year],
    queryFn: () =>
      body(api.GET('/api/v1/officers/{id}/training-hours', { params: { path: { id: officerId }, query: { year } } })),
  });
  const hours = found.data;
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" align="center" wrap>
        <label>
          {t.year} <InputNumber value={year} min={2000} max={2100} onChange={(value) => setYear(value ?? year)} />
        </label>
        <span className="hint">{t.hoursLead}</span>
      </Flex>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {!hours && found.error === null && <Skeleton active />}
      {hours && (
        <>
          <div className="hours-bar">
            <Progress
              percent={Math.min(100, Math.round((hours.hours / hours.target) * 100))}
              status={hours.remaining > 0 ? 'normal' : 'success'}
              aria-label={t.hours(hours.hours, hours.target)}
              format={() => t.hours(hours.hours, hours.target)}
            />
          </div>
          {hours.classes.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noClasses}>
              <Link to="/training">{t.toClasses}</Link>
            </Empty>
          ) : (
            <Table<View<'CreditedClassView'>>
              size="small"
              rowKey="classId"
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={hours.classes}
              columns={[
                {
                  title: t.className,
                  render: (_, row) => <Link to={`/training/classes/${row.classId}`}>{row.title}</Link>,
                },
                { title: t.subject, render: (_, row) => word(LAW_SUBJECT_WORDS[row.subject] ?? words('', '')) },
                { title: t.period, render: (_, row) => `${row.startsOn} – ${row.endsOn}` },
                { title: t.planned, dataIndex: 'planned', align: 'right' },
                { title: t.confirmed, dataIndex: 'confirmed', align: 'right' },
                { title: t.credited, dataIndex: 'credited', align: 'right' },
              ]}
            />
          )}
        </>
      )}
    </Flex>
  );
}
