import { Flex, Progress } from 'antd';
import type { ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { SubjectSelect } from '../../shared/components/remote-select';
import { Status } from '../../shared/components/status';
import { useTexts } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { texts } from './texts';

type Row = View<'OfficerHoursView'>;

/** Everybody in service with the hours of the year: who has them together, and who has not yet. */
export function HoursTable(): ReactNode {
  const t = useTexts(texts);
  const state = ({ remaining }: Row): string => (remaining > 0 ? t.isShort : t.isReached);
  return (
    <DataTable<Row>
      id="training-hours"
      name={t.hoursList}
      personal
      queryKey={['training', 'hours']}
      load={async ({ limit, cursor, filters: { year, ...filters } }, signal) =>
        body(
          api.GET('/api/v1/training-hours', {
            params: {
              query: {
                limit,
                ...(cursor === undefined ? {} : { cursor }),
                ...(year === undefined ? {} : { year: Number(year) }),
                ...filters,
              },
            },
            signal,
          }),
        )
      }
      rowKey={({ officerId }) => officerId}
      rowName={({ name }) => name}
      openPath={({ officerId }) => `/officers/${officerId}?tab=training`}
      filters={[
        { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
        {
          key: 'reached',
          label: t.reached,
          kind: 'select',
          options: [
            { value: 'true', label: t.isReached },
            { value: 'false', label: t.isShort },
          ],
        },
        { key: 'year', label: t.year, kind: 'text' },
      ]}
      columns={[
        {
          key: 'name',
          title: t.name,
          render: ({ name }) => name,
          text: ({ name }) => name,
          card: 'title',
          pinned: true,
        },
        {
          key: 'reached',
          title: t.reached,
          render: (row) => <Status kind={row.remaining > 0 ? 'limited' : 'ok'}>{state(row)}</Status>,
          text: state,
          card: 'badge',
        },
        {
          key: 'unit',
          title: t.unit,
          render: ({ subjectName }) => subjectName,
          text: ({ subjectName }) => subjectName,
        },
        { key: 'year', title: t.year, render: ({ year }) => year, text: ({ year }) => year },
        {
          key: 'hours',
          title: t.hours,
          width: 280,
          render: ({ hours, target }) => (
            <Flex align="center" gap="small">
              <Progress
                size="small"
                showInfo={false}
                percent={target === 0 ? 100 : Math.min(100, Math.round((hours / target) * 100))}
                status={hours < target ? 'normal' : 'success'}
                aria-label={t.hoursOf(hours, target)}
                style={{ width: 120 }}
              />
              <span className="nowrap">{t.hoursOf(hours, target)}</span>
            </Flex>
          ),
          text: ({ hours }) => hours,
        },
        {
          key: 'remaining',
          title: t.remaining,
          align: 'right',
          render: ({ remaining }) => (remaining > 0 ? remaining : <span className="none">–</span>),
          text: ({ remaining }) => remaining,
        },
      ]}
      empty={{ title: t.noHours }}
    />
  );
}
