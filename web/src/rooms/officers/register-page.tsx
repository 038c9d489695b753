import { Alert, App, Button, Card, DatePicker, Flex, Form, Input, Select, Switch } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useRef, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMe } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { SubjectSelect } from '../../shared/components/remote-select';
import { useKeys } from '../../shared/hooks/use-keys';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { GENDER_WORDS, STAFF_CATEGORY_WORDS } from '../../shared/words/people';
import './officers.css';
import { texts } from './texts';

interface Values {
  readonly name: string;
  readonly idNumber: string;
  readonly staffCategory: View<'RegisterOfficerDto'>['staffCategory'];
  readonly onEstablishment: boolean;
  readonly subjectId: string;
  readonly postTitle: string;
  readonly domains?: string[];
  readonly assignedFrom: Dayjs;
  readonly education?: string;
  readonly phone?: string;
  readonly legalQualificationNo?: string;
}

const MAY_HOLD: readonly string[] = ['CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION'];
const ID_NUMBER = /^\d{17}[\dXx]$/;

/** Birth date and gender as the number says them; the server checks the number itself. */
function readId(text: string): { birth: string; gender: 'MALE' | 'FEMALE' } | null {
  if (!ID_NUMBER.test(text)) return null;
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  return dayjs(birth).isValid() ? { birth, gender: Number(text[16]) % 2 === 1 ? 'MALE' : 'FEMALE' } : null;
}

const given = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined);

/** P6: enter once, correctly. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const domains = useDictionary('domains');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const goOn = useRef(false);
  const register = useCommand({
    run: (values: Values, key) => {
      const optional = {
        education: given(values.education),
        phone: given(values.phone),
        legalQualificationNo: given(values.legalQualificationNo),
      };
      return body(
        api.POST('/api/v1/officers', {
          headers: idempotent(key),
          body: {
            name: values.name.trim(),
            idNumber: values.idNumber.trim().toUpperCase(),
            staffCategory: values.staffCategory,
            onEstablishment: values.onEstablishment,
            subjectId: values.subjectId,
            postTitle: values.postTitle.trim(),
            domains: values.domains ?? [],
            assignedFrom: values.assignedFrom.format('YYYY-MM-DD'),
            ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== undefined)),
          },
        }),
      );
    },
    refresh: [['officers']],
    done: ({ id, name }) => {
      void message.success(`${t.registered}：${name}`);
      if (goOn.current) form.resetFields(['name', 'idNumber', 'phone', 'legalQualificationNo', 'education']);
      else void navigate(`/officers/${id}`);
    },
  });
  const submit = (next: boolean): void => {
    goOn.current = next;
    form.submit();
  };
  useKeys({ 'Ctrl+Enter': () => submit(true) });
  const idNumber = Form.useWatch('idNumber', form);
  const category = Form.useWatch('staffCategory', form);
  const read = readId((idNumber ?? '').trim());
  const required = [{ required: true, message: t.required }];
  return (
    <>
      <PageHeader />
      <ProblemAlert error={register.problem} />
      <Form<Values>
        form={form}
        layout="vertical"
        scrollToFirstError={{ focus: true }}
        initialValues={{ onEstablishment: true, staffCategory: 'CIVIL_SERVANT', subjectId: me.homeSubject.id }}
        onFinish={register.run}
      >
        <Flex vertical gap="middle">
          <Card title={t.sections.identity} size="small">
            <div className="form-grid">
              <Form.Item name="name" label={t.name} rules={required}>
                <Input maxLength={100} autoComplete="off" />
              </Form.Item>
              <Form.Item
                name="idNumber"
                label={t.idNumber}
                extra={read ? t.fromId(read.birth, word(GENDER_WORDS[read.gender] ?? { zh: '', en: '' })) : t.idHint}
                rules={[...required, { pattern: /^\s*\d{17}[\dXx]\s*$/, message: t.idBad }]}
                validateTrigger="onBlur"
              >
                <Input maxLength={20} autoComplete="off" inputMode="text" />
              </Form.Item>
            </div>
          </Card>
          <Card title={t.sections.unit} size="small">
            <div className="form-grid">
              <Form.Item name="subjectId" label={t.unit} rules={required}>
                <SubjectSelect />
              </Form.Item>
              <Form.Item name="postTitle" label={t.post} rules={required}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="staffCategory" label={t.category} rules={required}>
                <Select
                  options={Object.entries(STAFF_CATEGORY_WORDS).map(([value, pair]) => ({ value, label: word(pair) }))}
                />
              </Form.Item>
              <Form.Item name="onEstablishment" label={t.established} valuePropName="checked">
                <Switch checkedChildren={t.yes} unCheckedChildren={t.no} />
              </Form.Item>
              <Form.Item name="domains" label={t.domains}>
                <Select mode="multiple" options={[...domains.options]} optionFilterProp="label" />
              </Form.Item>
              <Form.Item name="assignedFrom" label={t.assignedFrom} rules={required}>
                <DatePicker maxDate={dayjs()} />
              </Form.Item>
            </div>
            {category !== undefined && !MAY_HOLD.includes(category) && (
              <Alert type="warning" showIcon title={t.barred} />
            )}
          </Card>
          <Card title={t.sections.contact} size="small">
            <div className="form-grid">
              <Form.Item name="education" label={t.education}>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name="phone" label={t.phone}>
                <Input maxLength={20} autoComplete="off" />
              </Form.Item>
              <Form.Item name="legalQualificationNo" label={t.legalQualification}>
                <Input maxLength={60} />
              </Form.Item>
            </div>
          </Card>
          <Flex gap="small" justify="flex-end" wrap className="form-actions">
            <Button loading={register.busy} onClick={() => submit(true)}>
              {t.saveNext}
            </Button>
            <Button type="primary" loading={register.busy} onClick={() => submit(false)}>
              {t.save}
            </Button>
          </Flex>
        </Flex>
      </Form>
    </>
  );
}
