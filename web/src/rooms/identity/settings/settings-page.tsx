import { Flex } from 'antd';
import type { ReactNode } from 'react';
import { api, body, type View } from '../../../shared/api/client';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { Status } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { DataTable } from '../../../shared/table/data-table';
import type { Column } from '../../../shared/table/types';
import { GROUP_NAMES, groupOf, settingName } from './setting-names';
import { SettingValue, useValueText } from './setting-value';
import { texts } from './texts';

type Setting = View<'SettingView'>;

/** Every legal number, date, list and switch, by its days. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const text = useValueText();
  const groupName = (key: string): string => {
    const pair = GROUP_NAMES[groupOf(key)];
    return pair ? word(pair) : groupOf(key);
  };
  const columns: readonly Column<Setting>[] = [
    {
      key: 'name',
      title: t.name,
      pinned: true,
      card: 'title',
      width: 240,
      render: ({ key }) => word(settingName(key)),
      text: ({ key }) => word(settingName(key)),
    },
    {
      key: 'value',
      title: t.value,
      width: 320,
      render: ({ value }) => <SettingValue value={value} />,
      text: ({ value }) => text(value),
    },
    {
      key: 'state',
      title: t.approval,
      card: 'badge',
      render: ({ proposals, upcoming, needsApproval }) => (
        <Flex gap={4} wrap>
          {proposals.length > 0 && <Status kind="pending">{t.pending(proposals.length)}</Status>}
          {upcoming.length > 0 && <Status kind="soon">{t.upcoming}</Status>}
          {proposals.length + upcoming.length === 0 && (
            <span className="hint">{needsApproval ? t.needsApproval : t.direct}</span>
          )}
        </Flex>
      ),
      text: ({ proposals, needsApproval }) =>
        proposals.length > 0 ? t.pending(proposals.length) : needsApproval ? t.needsApproval : t.direct,
    },
    {
      key: 'since',
      title: t.since,
      render: ({ effectiveFrom }) => (effectiveFrom <= '1900-01-01' ? '–' : <DateText value={effectiveFrom} />),
      text: ({ effectiveFrom }) => effectiveFrom,
    },
    { key: 'basis', title: t.basis, render: ({ basis }) => basis, text: ({ basis }) => basis },
    { key: 'group', title: t.group, render: ({ key }) => groupName(key), text: ({ key }) => groupName(key) },
    {
      key: 'key',
      title: t.key,
      optional: true,
      render: ({ key }) => <code>{key}</code>,
      text: ({ key }) => key,
    },
  ];
  return (
    <>
      <PageHeader>{t.lead}</PageHeader>
      <DataTable<Setting>
        id="settings"
        name={t.title}
        queryKey={['settings']}
        columns={columns}
        rowKey={({ key }) => key}
        rowName={({ key }) => word(settingName(key))}
        openPath={({ key }) => `/settings/${key}`}
        defaultPageSize={200}
        filters={[
          {
            key: 'prefix',
            label: t.group,
            kind: 'select',
            options: Object.entries(GROUP_NAMES).map(([group, name]) => ({ value: `${group}.`, label: word(name) })),
          },
        ]}
        load={({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/settings', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
      />
    </>
  );
}
