import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { MatterSelect } from '../../../shared/components/matter-select';
import { PageHeader } from '../../../shared/components/page-header';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { Status } from '../../../shared/components/status';
import { useTexts } from '../../../shared/i18n/dictionary';
import { dateTimeText } from '../../../shared/lib/dates';
import { DataTable } from '../../../shared/table/data-table';
import { texts } from '../texts';

type Row = View<'DutyCheckSummaryView'>;

/** Every check that was kept as evidence, newest first. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const mayCheck = useMay('duty.check');
  return (
    <>
      <PageHeader
        extra={
          mayCheck && (
            <Button type="primary" onClick={() => void navigate('/duty/check')}>
              {t.newCheck}
            </Button>
          )
        }
      />
      <DataTable<Row>
        id="duty-checks"
        name={t.checksTitle}
        queryKey={['duty', 'checks']}
        rowKey={({ id }) => id}
        rowName={({ subjectName, decidedAt }) => `${subjectName} ${dateTimeText(decidedAt)}`}
        openPath={({ id }) => `/duty/checks/${id}`}
        load={({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/duty/checks', {
              params: { query: { limit, sort: '-id', ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        filters={[
          { key: 'subjectId', label: t.body, kind: 'custom', field: (props) => <SubjectSelect {...props} /> },
          { key: 'matterCode', label: t.matter, kind: 'custom', field: (props) => <MatterSelect {...props} /> },
          {
            key: 'cleared',
            label: t.result,
            kind: 'select',
            options: [
              { value: 'true', label: t.cleared },
              { value: 'false', label: t.refused },
            ],
          },
        ]}
        columns={[
          {
            key: 'decidedAt',
            title: t.decidedAt,
            render: ({ decidedAt }) => <DateText value={decidedAt} />,
            text: ({ decidedAt }) => dateTimeText(decidedAt),
            width: 160,
            card: 'title',
          },
          {
            key: 'cleared',
            title: t.result,
            render: ({ cleared }) => <Status kind={cleared ? 'ok' : 'stop'}>{cleared ? t.cleared : t.refused}</Status>,
            text: ({ cleared }) => (cleared ? t.cleared : t.refused),
            width: 130,
            card: 'badge',
          },
          {
            key: 'subject',
            title: t.body,
            render: ({ subjectName }) => subjectName,
            text: ({ subjectName }) => subjectName,
          },
          {
            key: 'matter',
            title: t.matter,
            render: ({ matterName }) => matterName,
            text: ({ matterName }) => matterName,
          },
          {
            key: 'memberCount',
            title: t.people,
            align: 'right',
            width: 90,
            render: ({ memberCount }) => memberCount,
            text: ({ memberCount }) => memberCount,
          },
          {
            key: 'id',
            title: t.recordNo,
            optional: true,
            render: ({ id }) => <span className="code">{id}</span>,
            text: ({ id }) => id,
          },
        ]}
        empty={{ title: t.checksEmpty }}
      />
    </>
  );
}
