import { DatePicker, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import type { Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

interface Values {
  readonly title: string;
  readonly heldOn: Dayjs;
  readonly common: boolean;
  readonly domains?: string[];
  readonly passMark?: number | null;
}

/** An exam of common law and the special law of some domains, or a resit of one whose results are out (BR-50). */
export function NewExam({ resitOf, onClose }: { resitOf?: View<'ExamDetailView'>; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const dictionary = useDictionary('domains');
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const create = useCommand({
    run: ({ title, heldOn, common, domains = [], passMark }: Values, key) => {
      const mark = passMark === null || passMark === undefined ? {} : { passMark };
      return body(
        api.POST('/api/v1/exams', {
          headers: idempotent(key),
          body: {
            title,
            heldOn: heldOn.format('YYYY-MM-DD'),
            papers: [
              ...(common ? [{ subject: 'COMMON_LAW' as const, ...mark }] : []),
              ...domains.map((domain) => ({ subject: 'SPECIAL_LAW' as const, domain, ...mark })),
            ],
            ...(resitOf === undefined ? {} : { resitOf: resitOf.id }),
          },
        }),
      );
    },
    refresh: [['exams']],
    done: ({ id }) => {
      onClose();
      void navigate(`/exams/${id}`);
    },
  });
  const offered = resitOf?.papers.flatMap(({ domain }) => (domain === null ? [] : [domain]));
  const required = [{ required: true, message: t.required }];
  return (
    <Modal
      open
      title={resitOf === undefined ? t.create : t.resit}
      okText={t.save}
      okButtonProps={{ loading: create.busy }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ProblemAlert error={create.problem} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          title: resitOf === undefined ? '' : `${resitOf.title} ${t.resitOf}`,
          common: resitOf?.papers.some(({ subject }) => subject === 'COMMON_LAW') ?? true,
          domains: offered ?? [],
        }}
        onFinish={create.run}
      >
        <Form.Item name="title" label={t.title} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="heldOn" label={t.heldOn} rules={required}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="common" label={t.common} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="domains" label={t.special}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={dictionary.options.filter(({ value }) => offered === undefined || offered.includes(value))}
          />
        </Form.Item>
        <Form.Item name="passMark" label={t.passMark}>
          <InputNumber min={0} max={100} step={0.5} placeholder={t.usualMark} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
