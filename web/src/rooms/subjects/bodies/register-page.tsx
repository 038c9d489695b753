import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Flex, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { PageHeader } from '../../../shared/components/page-header';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { useKeys } from '../../../shared/hooks/use-keys';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { SUBJECT_KIND_WORDS } from '../../../shared/words/bodies';
import { BasisFields } from '../basis-fields';
import '../subjects.css';
import { texts } from '../texts';

type Given = View<'RegisterSubjectDto'>;

/** A new body; somebody else confirms it. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const register = useCommand({
    run: (given: Given, key) => body(api.POST('/api/v1/subjects', { body: given, headers: idempotent(key) })),
    refresh: [['subjects'], ['duty', 'strength']],
    done: ({ id }) => {
      void message.success(t.form.done);
      void navigate(`/subjects/${id}`);
    },
  });
  useKeys({ 'Ctrl+Enter': () => form.submit() });
  const required = [{ required: true, whitespace: true, message: t.form.required }];
  return (
    <>
      <PageHeader />
      <section className="panel form-panel">
        <ProblemAlert error={register.problem} />
        <Form<Given>
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          initialValues={{ legalBases: [{}] }}
          onFinish={({ parentId, ...given }) => register.run({ ...given, ...(parentId ? { parentId } : {}) })}
        >
          <div className="form-grid">
            <Form.Item name="name" label={t.name} rules={required} className="wide">
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="uscc" label={t.uscc} rules={required} extra={t.form.usccHint}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="kind" label={t.kind} rules={[{ required: true, message: t.form.required }]}>
              <Select
                options={Object.entries(SUBJECT_KIND_WORDS).map(([value, label]) => ({ value, label: word(label) }))}
              />
            </Form.Item>
            <Form.Item
              name="divisionCode"
              label={t.division}
              extra={t.form.divisionHint}
              rules={[{ required: true, pattern: /^\d{6}(\d{3}){0,2}$/, message: t.form.divisionHint }]}
            >
              <Input maxLength={12} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="parentId" label={t.parent} extra={t.form.parentHint}>
              <SubjectSelect />
            </Form.Item>
          </div>
          <h2 className="section-title">{t.legalBases}</h2>
          <Form.List name="legalBases">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <BasisFields key={key} name={[name]}>
                    <Form.Item label=" ">
                      <Button
                        type="text"
                        icon={<MinusCircleOutlined />}
                        aria-label={t.basis.remove}
                        disabled={fields.length === 1}
                        onClick={() => remove(name)}
                      />
                    </Form.Item>
                  </BasisFields>
                ))}
                <Button icon={<PlusOutlined />} onClick={() => add({})}>
                  {t.basis.add}
                </Button>
              </>
            )}
          </Form.List>
          <Flex gap="small" className="subject-section">
            <Button type="primary" htmlType="submit" loading={register.busy}>
              {t.form.submit}
            </Button>
          </Flex>
        </Form>
      </section>
    </>
  );
}
