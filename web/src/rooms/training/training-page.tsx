import { PlusOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { LAW_SUBJECT_WORDS, TRAINING_TYPE_WORDS } from '../../shared/words/people';
import { ClassesTable } from './classes-table';
import { HoursTable } from './hours-table';
import { NewPlan } from './new-plan';
import { texts } from './texts';

type Plan = View<'TrainingPlanView'>;

/** P7: what is planned, and the classes. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const mayWrite = useMay('training.write');
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        extra={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t.newPlan}
            </Button>
          )
        }
      />
      <Tabs
        activeKey={params.get('tab') ?? 'plans'}
        destroyOnHidden
        onChange={(key) => setParams(key === 'plans' ? {} : { tab: key })}
        items={[
          { key: 'plans', label: t.tabs.plans, children: <Plans /> },
          { key: 'classes', label: t.tabs.classes, children: <ClassesTable /> },
          { key: 'hours', label: t.tabs.hours, children: <HoursTable /> },
        ]}
      />
      {adding && <NewPlan onClose={() => setAdding(false)} />}
    </>
  );
}

function Plans(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const type = (row: Plan): string => word(TRAINING_TYPE_WORDS[row.type] ?? words('', ''));
  const subject = (row: Plan): string =>
    [word(LAW_SUBJECT_WORDS[row.subject] ?? words('', '')), row.domain === null ? '' : domains.nameOf(row.domain)]
      .filter((text) => text !== '')
      .join(' · ');
  return (
    <DataTable<Plan>
      id="training-plans"
      name={t.plans}
      queryKey={['training', 'plans']}
      load={async ({ limit, cursor, filters: { year, ...filters } }, signal) =>
        body(
          api.GET('/api/v1/training-plans', {
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
      rowKey={({ id }) => id}
      rowName={({ title }) => title}
      openPath={({ id }) => `/training/${id}`}
      filters={[
        { key: 'year', label: t.year, kind: 'text' },
        {
          key: 'type',
          label: t.type,
          kind: 'select',
          options: Object.entries(TRAINING_TYPE_WORDS).map(([value, pair]) => ({ value, label: word(pair) })),
        },
      ]}
      columns={[
        { key: 'title', title: t.title, render: ({ title }) => title, text: ({ title }) => title, card: 'title' },
        { key: 'year', title: t.year, render: ({ year }) => year, text: ({ year }) => year },
        { key: 'type', title: t.type, render: type, text: type, card: 'badge' },
        { key: 'subject', title: t.subject, render: subject, text: subject },
        {
          key: 'hours',
          title: t.hours,
          align: 'right',
          render: ({ hours }) => hours,
          text: ({ hours }) => hours,
        },
        {
          key: 'audience',
          title: t.audience,
          render: ({ audience }) => audience ?? <span className="none">–</span>,
          text: ({ audience }) => audience,
        },
      ]}
      empty={{ title: t.noPlans }}
    />
  );
}
