import { PlusOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { SubjectSelect } from '../../shared/components/remote-select';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import type { Selection } from '../../shared/table/types';
import { APPLICATION_TYPE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import { ApplicationClock } from './application-clock';
import { BatchesTable } from './batches-table';
import { Decide, type Decision } from './decide';
import { OpenBatch } from './open-batch';
import { APPLICATION_STATE_WORDS, texts } from './texts';

type Application = View<'ApplicationView'>;

/** P13: decide correctly in batches. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const mayApply = useMay('application.submit');
  const [params, setParams] = useSearchParams();
  return (
    <>
      <PageHeader
        extra={
          mayApply && (
            <Link to="/applications/new">
              <Button type="primary" icon={<PlusOutlined />}>
                {t.apply}
              </Button>
            </Link>
          )
        }
      />
      <Tabs
        activeKey={params.get('tab') ?? 'applications'}
        destroyOnHidden
        onChange={(key) => setParams(key === 'applications' ? {} : { tab: key })}
        items={[
          { key: 'applications', label: t.tabs.applications, children: <Applications /> },
          { key: 'batches', label: t.tabs.batches, children: <BatchesTable /> },
        ]}
      />
    </>
  );
}

function Applications(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const mayIssue = useMay('certificate.issue');
  const mayDecide = useMay('application.decide');
  const [deciding, setDeciding] = useState<{ decision: Decision; of: Selection<Application> } | null>(null);
  const [issuing, setIssuing] = useState<Selection<Application> | null>(null);
  const type = (row: Application): string => word(APPLICATION_TYPE_WORDS[row.type] ?? words(row.type, row.type));
  return (
    <>
      <DataTable<Application>
        id="applications"
        name={t.applications}
        personal
        queryKey={['certificates', 'applications']}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/certificate-applications', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ officerName }) => officerName}
        openPath={({ id }) => `/applications/${id}`}
        filters={[
          {
            key: 'state',
            label: t.state,
            kind: 'select',
            options: Object.entries(APPLICATION_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
        ]}
        columns={[
          {
            key: 'no',
            title: t.no,
            render: (row) => <span className="code">{row.applicationNo}</span>,
            text: (row) => row.applicationNo,
          },
          {
            key: 'officer',
            title: t.officer,
            render: (row) => row.officerName,
            text: (row) => row.officerName,
            card: 'title',
          },
          { key: 'unit', title: t.unit, render: (row) => row.subjectName, text: (row) => row.subjectName },
          { key: 'type', title: t.type, render: type, text: type },
          {
            key: 'certificateType',
            title: t.certificateType,
            optional: true,
            render: (row) => word(CERTIFICATE_TYPE_WORDS[row.certificateType] ?? words('', '')),
            text: (row) => word(CERTIFICATE_TYPE_WORDS[row.certificateType] ?? words('', '')),
          },
          {
            key: 'domains',
            title: t.domains,
            render: (row) => row.domains.map(domains.nameOf).join('、'),
            text: (row) => row.domains.map(domains.nameOf).join('、'),
          },
          {
            key: 'state',
            title: t.state,
            render: ({ state }) => <StatusOf value={state} of={APPLICATION_STATE_WORDS} />,
            text: ({ state }) => state,
            card: 'badge',
          },
          { key: 'clock', title: t.clock, render: (row) => <ApplicationClock of={row} />, text: ({ dueOn }) => dueOn },
          {
            key: 'submittedAt',
            title: t.submittedAt,
            render: ({ submittedAt }) => <DateText value={submittedAt} />,
            text: ({ submittedAt }) => dateTimeText(submittedAt),
            card: 'none',
          },
        ]}
        {...(mayDecide || mayIssue
          ? {
              maySelect: (row: Application) =>
                row.allowedVerbs.includes('decide') || (mayIssue && row.state === 'APPROVED'),
              selectionActions: (selection: Selection<Application>) => {
                const toDecide = selection.rows.filter(({ allowedVerbs }) => allowedVerbs.includes('decide'));
                const steps = new Set(toDecide.map(({ step }) => step));
                const [step] = steps;
                const ready = toDecide.length > 0 && toDecide.length === selection.count && steps.size === 1;
                const approved = selection.count > 0 && selection.rows.every(({ state }) => state === 'APPROVED');
                const approve = step === 'DISTRICT_APPROVAL' ? t.approve.DISTRICT_APPROVAL : t.approve.DISTRICT_REVIEW;
                const button = (decision: Decision, label: string, kind: 'primary' | 'default') => (
                  <Button
                    key={decision}
                    type={kind}
                    disabled={!ready}
                    onClick={() => setDeciding({ decision, of: selection })}
                  >
                    {label}
                  </Button>
                );
                return (
                  <>
                    {mayIssue && (
                      <Button
                        disabled={!approved}
                        type={approved ? 'primary' : 'default'}
                        onClick={() => setIssuing(selection)}
                      >
                        {t.makeBatch(approved ? selection.count : 0)}
                      </Button>
                    )}
                    {mayDecide && [
                      button('REJECT', t.reject, 'default'),
                      button('RETURN', t.returnIt, 'default'),
                      button(
                        'APPROVE',
                        t.approveCount(approve, ready ? selection.count : 0),
                        ready ? 'primary' : 'default',
                      ),
                    ]}
                  </>
                );
              },
            }
          : {})}
        empty={{ title: t.none }}
      />
      {deciding && (
        <Decide
          applications={deciding.of.rows}
          decision={deciding.decision}
          onDone={deciding.of.clear}
          onClose={() => setDeciding(null)}
        />
      )}
      {issuing && <OpenBatch applications={issuing.rows} onDone={issuing.clear} onClose={() => setIssuing(null)} />}
    </>
  );
}
