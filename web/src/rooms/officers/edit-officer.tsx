import { App, Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, ifMatch, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { ApiProblem } from '../../shared/api/problem';
import { ConflictDialog } from '../../shared/components/conflict-dialog';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

type Officer = View<'OfficerView'>;
interface Values {
  readonly name: string;
  readonly phone?: string;
  readonly education?: string;
  readonly postTitle: string;
  readonly domains: string[];
}

/** What differs from the record; an empty phone field keeps the number, which is only known masked. */
function changesOf(values: Values, officer: Officer): View<'ChangeOfficerDto'> {
  const education = values.education?.trim() ?? '';
  return {
    ...(values.name === officer.name ? {} : { name: values.name }),
    ...(values.postTitle === officer.postTitle ? {} : { postTitle: values.postTitle }),
    ...(education === (officer.education ?? '') ? {} : { education: education === '' ? null : education }),
    ...(values.phone === undefined || values.phone === '' ? {} : { phone: values.phone }),
    ...(values.domains.join() === officer.domains.join() ? {} : { domains: values.domains }),
  };
}

/** Corrects the record. When somebody else was faster, both versions are shown and the person decides. */
export function EditOfficer({ officer, onClose }: { officer: Officer; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const domains = useDictionary('domains');
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [base, setBase] = useState(officer);
  const [latest, setLatest] = useState<Officer | null>(null);
  const save = useCommand({
    run: async ({ values, on }: { values: Values; on: Officer }) => {
      try {
        return await body(
          api.PATCH('/api/v1/officers/{id}', {
            params: { path: { id: on.id }, header: ifMatch(on.version) },
            headers: ifMatch(on.version),
            body: changesOf(values, on),
          }),
        );
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
        setLatest(await body(api.GET('/api/v1/officers/{id}', { params: { path: { id: on.id } } })));
        return null;
      }
    },
    refresh: [['officers']],
    done: (saved) => {
      if (saved === null) return;
      void message.success(t.change(t.edit));
      onClose();
    },
  });
  const required = [{ required: true, message: t.required }];
  const mine = form.getFieldsValue();
  const field = (key: keyof Values, label: string, of: (officer: Officer) => string, own: string) => ({
    key,
    label,
    mine: own,
    latest: latest ? of(latest) : '',
    differs: latest !== null && of(latest) !== own,
  });
  const listed = (codes: readonly string[] | undefined): string => (codes ?? []).map(domains.nameOf).join('、');
  return (
    <>
      <Modal
        open={latest === null}
        title={t.edit}
        okText={t.saveChange}
        okButtonProps={{ loading: save.busy }}
        onOk={() => form.submit()}
        onCancel={onClose}
      >
        <ProblemAlert error={save.problem} />
        <Form
          form={form}
          layout="vertical"
          initialValues={{
            name: officer.name,
            education: officer.education ?? '',
            postTitle: officer.postTitle,
            domains: officer.domains,
          }}
          onFinish={(values) => save.run({ values, on: base })}
        >
          <Form.Item name="name" label={t.name} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="postTitle" label={t.post} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="domains" label={t.domains}>
            <Select mode="multiple" options={[...domains.options]} />
          </Form.Item>
          <Form.Item name="education" label={t.education}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item
            name="phone"
            label={t.phone}
            {...(officer.phone === null ? {} : { extra: t.keepPhone(officer.phone) })}
          >
            <Input maxLength={20} autoComplete="off" />
          </Form.Item>
        </Form>
      </Modal>
      <ConflictDialog
        open={latest !== null}
        fields={[
          field('name', t.conflict.name, ({ name }) => name, mine.name),
          field('postTitle', t.conflict.post, ({ postTitle }) => postTitle, mine.postTitle),
          field('education', t.conflict.education, ({ education }) => education ?? '', mine.education ?? ''),
          field('domains', t.conflict.domains, (row) => listed(row.domains), listed(mine.domains)),
        ]}
        onUseLatest={onClose}
        onKeepMine={() => {
          if (latest === null) return;
          setBase(latest);
          setLatest(null);
          save.run({ values: form.getFieldsValue(), on: latest });
        }}
        onCancel={() => setLatest(null)}
      />
    </>
  );
}
