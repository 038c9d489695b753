import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { useDictionary } from '../../../shared/api/dictionaries';
import { useMay } from '../../../shared/api/session';
import { PageHeader } from '../../../shared/components/page-header';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { DataTable } from '../../../shared/table/data-table';
import { ACT_TYPE_WORDS } from '../../../shared/words/bodies';
import '../subjects.css';
import { texts } from '../texts';

type Row = View<'MatterView'>;

/** The list of matters, one for the whole installation. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const m = t.matterForm;
  const word = useWord();
  const mayWrite = useMay('subject.write');
  const domains = useDictionary('domains');
  const [adding, setAdding] = useState(false);
  const actWord = (actType: string): string => word(ACT_TYPE_WORDS[actType] ?? { zh: actType, en: actType });
  return (
    <>
      <PageHeader
        extra={
          mayWrite && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {m.open}
            </Button>
          )
        }
      />
      <DataTable<Row>
        id="matters"
        name={t.matters}
        queryKey={['matters']}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        load={({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/matters', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        filters={[
          { key: 'q', label: `${m.name} / ${m.code}`, kind: 'text' },
          {
            key: 'actType',
            label: m.actType,
            kind: 'select',
            options: Object.keys(ACT_TYPE_WORDS).map((value) => ({ value, label: actWord(value) })),
          },
          { key: 'domain', label: m.domain, kind: 'select', options: domains.options },
        ]}
        columns={[
          {
            key: 'code',
            title: m.code,
            width: 180,
            render: ({ code }) => <span className="code">{code}</span>,
            text: ({ code }) => code,
          },
          { key: 'name', title: m.name, render: ({ name }) => name, text: ({ name }) => name, card: 'title' },
          {
            key: 'actType',
            title: m.actType,
            render: ({ actType }) => actWord(actType),
            text: ({ actType }) => actWord(actType),
          },
          {
            key: 'domain',
            title: m.domain,
            render: ({ domain }) => domains.nameOf(domain),
            text: ({ domain }) => domains.nameOf(domain),
          },
        ]}
        empty={{ title: m.empty }}
      />
      {adding && <AddMatter onClose={() => setAdding(false)} />}
    </>
  );
}

function AddMatter({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const m = t.matterForm;
  const word = useWord();
  const { message } = App.useApp();
  const domains = useDictionary('domains');
  const [form] = Form.useForm<View<'CreateMatterDto'>>();
  const add = useCommand({
    run: (given: View<'CreateMatterDto'>, key) =>
      body(api.POST('/api/v1/matters', { body: given, headers: idempotent(key) })),
    refresh: [['matters'], ['select', 'matters']],
    done: () => {
      void message.success(m.done);
      onClose();
    },
  });
  const required = [{ required: true, message: t.form.required }];
  return (
    <Modal
      open
      title={m.title}
      okText={m.open}
      onOk={() => form.submit()}
      okButtonProps={{ loading: add.busy }}
      onCancel={onClose}
    >
      <ProblemAlert error={add.problem} />
      <Form form={form} layout="vertical" onFinish={(given) => add.run(given)}>
        <Form.Item
          name="code"
          label={m.code}
          extra={m.codeHint}
          rules={[{ required: true, pattern: /^[0-9A-Z][0-9A-Z._-]{0,59}$/, message: m.codeHint }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="name" label={m.name} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="actType" label={m.actType} rules={required}>
          <Select options={Object.entries(ACT_TYPE_WORDS).map(([value, label]) => ({ value, label: word(label) }))} />
        </Form.Item>
        <Form.Item name="domain" label={m.domain} rules={required}>
          <Select options={domains.options as { value: string; label: string }[]} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
