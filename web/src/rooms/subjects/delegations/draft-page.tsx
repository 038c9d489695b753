import { App, Button, DatePicker, Form, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { PageHeader } from '../../../shared/components/page-header';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { useKeys } from '../../../shared/hooks/use-keys';
import { useTexts } from '../../../shared/i18n/dictionary';
import { BasisFields, type Basis } from '../basis-fields';
import { everyPage } from '../every-page';
import '../subjects.css';
import { texts } from '../texts';

interface Given {
  readonly delegatorId: string;
  readonly delegateeId: string;
  readonly matterCodes: string[];
  readonly jurisdictionCode: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly legalBasis: Basis;
  readonly validFrom: Dayjs;
  readonly validTo: Dayjs;
  readonly signedOn?: Dayjs | null;
}

const day = (date: Dayjs): string => date.format('YYYY-MM-DD');

/** A letter of delegation; without a date of signature it is a draft and no fact of any decision. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const d = t.delegation;
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const save = useCommand({
    run: (given: View<'CreateDelegationDto'>, key) =>
      body(api.POST('/api/v1/delegations', { body: given, headers: idempotent(key) })),
    refresh: [['delegations'], ['duty']],
    done: ({ id }) => {
      void message.success(d.saved);
      void navigate(`/delegations/${id}`);
    },
  });
  useKeys({ 'Ctrl+Enter': () => form.submit() });
  const required = [{ required: true, message: t.form.required }];
  return (
    <>
      <PageHeader />
      <section className="panel form-panel">
        <ProblemAlert error={save.problem} />
        <Form<Given>
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          onFinish={({ validFrom, validTo, signedOn, ...given }) =>
            save.run({
              ...given,
              validFrom: day(validFrom),
              validTo: day(validTo),
              ...(signedOn ? { signedOn: day(signedOn) } : {}),
            })
          }
        >
          <div className="form-grid">
            <Form.Item name="delegatorId" label={d.delegator} rules={required}>
              <SubjectSelect />
            </Form.Item>
            <Form.Item name="delegateeId" label={d.delegatee} rules={required}>
              <SubjectSelect />
            </Form.Item>
            <Form.Item name="documentNo" label={d.documentNo} rules={required}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item
              name="jurisdictionCode"
              label={t.powers.area}
              rules={[{ required: true, pattern: /^\d{6}(\d{3}){0,2}$/, message: t.form.divisionHint }]}
            >
              <Input maxLength={12} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="matterCodes" label={d.matter} rules={required} className="wide">
              <MattersSelect />
            </Form.Item>
            <Form.Item name="authority" label={d.authority} rules={required} className="wide">
              <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} showCount />
            </Form.Item>
            <BasisFields name={['legalBasis']} />
            <Form.Item name="validFrom" label={d.validFrom} rules={required}>
              <DatePicker />
            </Form.Item>
            <Form.Item name="validTo" label={d.validTo} rules={required}>
              <DatePicker />
            </Form.Item>
            <Form.Item name="signedOn" label={d.signedOn}>
              <DatePicker />
            </Form.Item>
          </div>
          <Button type="primary" htmlType="submit" loading={save.busy}>
            {d.draft}
          </Button>
        </Form>
      </section>
    </>
  );
}

function MattersSelect({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}): ReactNode {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['matters', 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        body(
          api.GET('/api/v1/matters', {
            params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
            signal,
          }),
        ),
      ),
  });
  return (
    <Select<string[]>
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value ?? []}
      {...(onChange === undefined ? {} : { onChange })}
      placeholder={t.delegation.chooseMatters}
      loading={found.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      options={(found.data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
    />
  );
}
