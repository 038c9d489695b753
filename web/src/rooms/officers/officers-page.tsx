import { IdcardOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { SubjectSelect } from '../../shared/components/remote-select';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { GENDER_WORDS, OFFICER_STATE_WORDS, STAFF_CATEGORY_WORDS } from '../../shared/words/people';
import { texts } from './texts';

type Officer = View<'OfficerSummaryView'>;

/** P4: find, filter, complete. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const mayWrite = useMay('officer.write');
  const [searching, setSearching] = useState(false);
  const category = (row: Officer): string => word(STAFF_CATEGORY_WORDS[row.staffCategory] ?? { zh: '', en: '' });
  return (
    <>
      <PageHeader
        extra={
          <>
            <Button icon={<IdcardOutlined />} onClick={() => setSearching(true)}>
              {t.searchById}
            </Button>
            {mayWrite && (
              <>
                <Link to="/imports/new?kind=OFFICER_ROSTER">
                  <Button icon={<ImportOutlined />}>{t.importRoster}</Button>
                </Link>
                <Link to="/officers/new">
                  <Button type="primary" icon={<PlusOutlined />}>
                    {t.register}
                  </Button>
                </Link>
              </>
            )}
          </>
        }
      />
      <DataTable<Officer>
        id="officers"
        name={t.list}
        personal
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
        openPath={({ id }) => `/officers/${id}`}
        filters={[
          { key: 'q', label: t.q, kind: 'text', placeholder: t.qHint },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
          {
            key: 'state',
            label: t.state,
            kind: 'select',
            options: [
              { value: 'IN_SERVICE', label: t.inService },
              ...Object.entries(OFFICER_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
            ],
          },
          {
            key: 'certificate',
            label: t.certificate,
            kind: 'select',
            options: [
              { value: 'HELD', label: t.certificateHeld },
              { value: 'MISSING', label: t.certificateMissing },
            ],
          },
          {
            key: 'usable',
            label: t.usable,
            kind: 'select',
            options: [
              { value: 'true', label: t.yes },
              { value: 'false', label: t.no },
            ],
          },
        ]}
        columns={[
          {
            key: 'name',
            title: t.name,
            render: ({ name }) => name,
            text: ({ name }) => name,
            pinned: true,
            card: 'title',
          },
          {
            key: 'state',
            title: t.state,
            render: ({ state }) => <StatusOf value={state} of={OFFICER_STATE_WORDS} />,
            text: ({ state }) => word(OFFICER_STATE_WORDS[state][1]),
            card: 'badge',
          },
          { key: 'unit', title: t.unit, render: ({ subject }) => subject.name, text: ({ subject }) => subject.name },
          { key: 'post', title: t.post, render: ({ postTitle }) => postTitle, text: ({ postTitle }) => postTitle },
          {
            key: 'domains',
            title: t.domains,
            render: (row) => row.domains.map(domains.nameOf).join('、'),
            text: (row) => row.domains.map(domains.nameOf).join('、'),
          },
          { key: 'category', title: t.category, render: category, text: category },
          {
            key: 'established',
            title: t.established,
            render: ({ onEstablishment }) => (onEstablishment ? t.yes : t.no),
            text: ({ onEstablishment }) => (onEstablishment ? t.yes : t.no),
            card: 'none',
          },
          {
            key: 'gender',
            title: t.gender,
            render: ({ gender }) => word(GENDER_WORDS[gender] ?? { zh: '', en: '' }),
            text: ({ gender }) => word(GENDER_WORDS[gender] ?? { zh: '', en: '' }),
            optional: true,
            card: 'none',
          },
          {
            key: 'idNumber',
            title: t.idNumber,
            render: ({ idNumber }) => <span className="code">{idNumber}</span>,
            text: ({ idNumber }) => idNumber,
          },
        ]}
        empty={{
          title: t.empty,
          action: mayWrite && (
            <Flex gap="small" justify="center">
              <Link to="/imports/new?kind=OFFICER_ROSTER">{t.importRoster}</Link>
              <Link to="/officers/new">{t.register}</Link>
            </Flex>
          ),
        }}
      />
      {searching && <SearchById onClose={() => setSearching(false)} />}
    </>
  );
}

/** Finds somebody by the whole ID number, which never enters an address. */
function SearchById({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [idNumber, setIdNumber] = useState('');
  const [missing, setMissing] = useState(false);
  const search = useCommand({
    run: (text: string) => body(api.POST('/api/v1/officers/search', { body: { idNumber: text } })),
    done: ({ items: [found] }) => {
      setMissing(found === undefined);
      if (found) void navigate(`/officers/${found.id}`);
    },
  });
  return (
    <Modal
      open
      title={t.searchById}
      okText={t.search}
      okButtonProps={{ loading: search.busy, disabled: idNumber.trim() === '' }}
      onOk={() => search.run(idNumber.trim())}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <p>{t.searchByIdLead}</p>
        <ProblemAlert error={search.problem} />
        <label className="typed">
          <span>{t.idNumber}</span>
          <Input
            value={idNumber}
            autoComplete="off"
            maxLength={18}
            onChange={(event) => {
              setIdNumber(event.target.value);
              setMissing(false);
            }}
            onPressEnter={() => search.run(idNumber.trim())}
          />
        </label>
        <div role="status">{missing && t.notFound}</div>
      </Flex>
    </Modal>
  );
}
