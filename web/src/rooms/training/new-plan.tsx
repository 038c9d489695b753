import { Form, Input, InputNumber, Modal, Select } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { today } from '../../shared/lib/dates';
import { LAW_SUBJECT_WORDS, TRAINING_TYPE_WORDS } from '../../shared/words/people';
import { texts } from './texts';

type Values = View<'CreateTrainingPlanDto'>;

/** A plan of a year: common law, or the special law of a domain. */
export function NewPlan({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const subject = Form.useWatch('subject', form);
  const create = useCommand({
    run: ({ domain, audience, ...values }: Values, key) =>
      body(
        api.POST('/api/v1/training-plans', {
          headers: idempotent(key),
          body: {
            ...values,
            ...(values.subject === 'SPECIAL_LAW' && domain !== undefined ? { domain } : {}),
            ...(audience ? { audience } : {}),
          },
        }),
      ),
    refresh: [['training']],
    done: ({ id }) => void navigate(`/training/${id}`),
  });
  const required = [{ required: true, message: t.required }];
  return (
    <Modal
      open
      title={t.newPlan}
      okText={t.save}
      okButtonProps={{ loading: create.busy }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ProblemAlert error={create.problem} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ year: Number(today().slice(0, 4)), type: 'PRE_POST', subject: 'COMMON_LAW', hours: 40 }}
        onFinish={create.run}
      >
        <Form.Item name="title" label={t.title} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="year" label={t.year} rules={required}>
          <InputNumber min={1990} max={2200} />
        </Form.Item>
        <Form.Item name="type" label={t.type} rules={required}>
          <Select
            options={Object.entries(TRAINING_TYPE_WORDS).map(([value, pair]) => ({ value, label: word(pair) }))}
          />
        </Form.Item>
        <Form.Item name="subject" label={t.subject} rules={required}>
          <Select options={Object.entries(LAW_SUBJECT_WORDS).map(([value, pair]) => ({ value, label: word(pair) }))} />
        </Form.Item>
        {subject === 'SPECIAL_LAW' && (
          <Form.Item name="domain" label={t.domain} rules={required}>
            <Select options={[...domains.options]} />
          </Form.Item>
        )}
        <Form.Item name="hours" label={t.hours} rules={required}>
          <InputNumber min={0.1} max={999} step={1} />
        </Form.Item>
        <Form.Item name="audience" label={t.audience}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
