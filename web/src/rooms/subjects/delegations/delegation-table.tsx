import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { MatterSelect } from '../../../shared/components/matter-select';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { StatusOf } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { DataTable } from '../../../shared/table/data-table';
import { DELEGATION_STATE_WORDS } from '../../../shared/words/bodies';
import { texts } from '../texts';
import { PeriodStrip } from './period-strip';

type Row = View<'DelegationView'>;
const WITHIN = [30, 60, 90, 180];

/** Delegations with their terms; of one body where it is fixed. */
export function DelegationTable({ fixed }: { fixed?: Readonly<Record<string, string>> }): ReactNode {
  const t = useTexts(texts);
  const d = t.delegation;
  const word = useWord();
  const navigate = useNavigate();
  const mayWrite = useMay('subject.write');
  return (
    <DataTable<Row>
      id="delegations"
      name={d.draft}
      queryKey={['delegations', fixed ?? {}]}
      rowKey={({ id }) => id}
      rowName={({ documentNo }) => documentNo}
      openPath={({ id }) => `/delegations/${id}`}
      {...(fixed === undefined ? {} : { fixed })}
      load={({ limit, cursor, filters: { expiringWithinDays, ...filters } }, signal) =>
        body(
          api.GET('/api/v1/delegations', {
            params: {
              query: {
                limit,
                ...(cursor === undefined ? {} : { cursor }),
                ...(expiringWithinDays === undefined ? {} : { expiringWithinDays: Number(expiringWithinDays) }),
                ...filters,
              },
            },
            signal,
          }),
        )
      }
      toolbar={
        mayWrite && (
          <Button type="primary" onClick={() => void navigate('/delegations/new')}>
            {d.draft}
          </Button>
        )
      }
      filters={[
        { key: 'q', label: d.documentNo, kind: 'text' },
        {
          key: 'state',
          label: t.state,
          kind: 'select',
          options: Object.entries(DELEGATION_STATE_WORDS).map(([value, [, name]]) => ({ value, label: word(name) })),
        },
        {
          key: 'expiringWithinDays',
          label: d.expiring,
          kind: 'select',
          options: WITHIN.map((days) => ({ value: String(days), label: d.within(days) })),
        },
        ...(fixed?.['subjectId'] === undefined
          ? [
              {
                key: 'subjectId',
                label: d.side,
                kind: 'custom' as const,
                field: (props: {
                  id: string;
                  value: string | undefined;
                  onChange: (value: string | undefined) => void;
                }) => <SubjectSelect {...props} />,
              },
            ]
          : []),
        { key: 'matterCode', label: d.matter, kind: 'custom', field: (props) => <MatterSelect {...props} /> },
      ]}
      columns={[
        {
          key: 'documentNo',
          title: d.documentNo,
          pinned: true,
          render: ({ documentNo }) => documentNo,
          text: ({ documentNo }) => documentNo,
          card: 'title',
        },
        {
          key: 'state',
          title: t.state,
          width: 170,
          render: ({ state }) => <StatusOf value={state} of={DELEGATION_STATE_WORDS} />,
          text: ({ state }) => word(DELEGATION_STATE_WORDS[state][1]),
          card: 'badge',
        },
        {
          key: 'delegator',
          title: d.delegator,
          render: ({ delegator }) => delegator.name,
          text: ({ delegator }) => delegator.name,
        },
        {
          key: 'delegatee',
          title: d.delegatee,
          render: ({ delegatee }) => delegatee.name,
          text: ({ delegatee }) => delegatee.name,
        },
        {
          key: 'matters',
          title: d.matter,
          align: 'right',
          width: 90,
          render: ({ matterCodes }) => d.matters(matterCodes.length),
          text: ({ matterCodes }) => matterCodes.join(' '),
        },
        {
          key: 'period',
          title: d.period,
          width: 260,
          render: ({ validFrom, validTo, state }) => <PeriodStrip from={validFrom} to={validTo} state={state} />,
          text: ({ validFrom, validTo }) => `${validFrom} – ${validTo}`,
        },
      ]}
      empty={{ title: d.empty, ...(mayWrite ? { action: <Link to="/delegations/new">{d.draft}</Link> } : {}) }}
    />
  );
}
