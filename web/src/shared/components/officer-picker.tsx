import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { api, body, type View } from '../api/client';
import { dictionary, useTexts } from '../i18n/dictionary';
import { DataTable } from '../table/data-table';
import { OFFICER_STATE_WORDS } from '../words/people';
import { SubjectSelect } from './remote-select';
import { StatusOf } from './status';

const texts = dictionary(
  { list: '选择人员', name: '姓名', unit: '单位', post: '执法岗位', state: '状态', q: '姓名或证号' },
  {
    list: 'Choose officers',
    name: 'Name',
    unit: 'Unit',
    post: 'Post',
    state: 'State',
    q: 'Name or certificate number',
  },
);

export type PickedOfficer = View<'OfficerSummaryView'>;

/** Officers of the caller's scope, to be picked across pages; those who left are not offered. */
export function OfficerPicker({
  title,
  action,
  busy = false,
  onPick,
  onCancel,
  children,
}: {
  title: string;
  /** What the button says with so many picked: «报名 (12)». */
  action: (count: number) => string;
  busy?: boolean;
  onPick: (officers: readonly PickedOfficer[]) => void;
  onCancel: () => void;
  /** Above the list: problems, outcomes. */
  children?: ReactNode;
}): ReactNode {
  const t = useTexts(texts);
  return (
    <Modal open title={title} width={960} footer={null} onCancel={onCancel}>
      {children}
      <DataTable<PickedOfficer>
        id="officer-picker"
        name={t.list}
        personal
        exportable={false}
        urlPrefix="pick."
        defaultPageSize={20}
        queryKey={['officers']}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/officers', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        maySelect={({ state }) => state !== 'LEFT'}
        filters={[
          { key: 'q', label: t.q, kind: 'text' },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
        ]}
        columns={[
          { key: 'name', title: t.name, render: ({ name }) => name, card: 'title' },
          {
            key: 'state',
            title: t.state,
            render: ({ state }) => <StatusOf value={state} of={OFFICER_STATE_WORDS} />,
            card: 'badge',
          },
          { key: 'unit', title: t.unit, render: ({ subject }) => subject.name },
          { key: 'post', title: t.post, render: ({ postTitle }) => postTitle },
        ]}
        selectionActions={({ rows, count }) => (
          <Button type="primary" disabled={count === 0} loading={busy} onClick={() => onPick(rows)}>
            {action(count)}
          </Button>
        )}
      />
    </Modal>
  );
}
