import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Form, Select, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMe } from '../../shared/api/session';
import { OfficerPicker } from '../../shared/components/officer-picker';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { PageHeader } from '../../shared/components/page-header';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { SubjectSelect } from '../../shared/components/remote-select';
import { useTexts, useWord, type Words } from '../../shared/i18n/dictionary';
import {
  APPLICATION_TYPE_WORDS,
  APPLICATION_TYPES,
  applicationTypeOf,
  CERTIFICATE_TYPE_WORDS,
} from '../../shared/words/certificates';
import { texts } from './texts';

type Submit = View<'SubmitApplicationsDto'>;
type Values = Omit<Submit, 'officerIds'>;
interface Person {
  readonly id: string;
  readonly name: string;
}

/** HR applies for one or many officers; whoever does not meet a condition is refused with every reason. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const domains = useDictionary('domains');
  const [params] = useSearchParams();
  const named = params.getAll('officerId');
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  const [picking, setPicking] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [form] = Form.useForm<Values>();
  // Who came in the address («apply» on a person's page).
  const given = useQuery({
    queryKey: ['officers', 'named', named],
    queryFn: () => Promise.all(named.map((id) => body(api.GET('/api/v1/officers/{id}', { params: { path: { id } } })))),
    enabled: named.length > 0,
  });
  const chosen: readonly Person[] = people ?? given.data ?? [];
  const first = given.data?.[0];
  const submit = useCommand({
    run: ({ values, of }: { values: Values; of: readonly Person[] }, key) =>
      body(
        api.POST('/api/v1/certificate-applications', {
          headers: idempotent(key),
          body: { ...values, officerIds: of.map(({ id }) => id) },
        }),
      ),
    refresh: [['certificates'], ['officers']],
    done: ({ items }, { of }) => {
      setOutcomes(
        items.map(({ officerId, status, reasons }) => ({
          key: officerId,
          name: of.find(({ id }) => id === officerId)?.name ?? officerId,
          refused: status === 'REFUSED',
          reasons,
        })),
      );
      const refused = new Set(items.filter(({ status }) => status === 'REFUSED').map(({ officerId }) => officerId));
      setPeople(of.filter(({ id }) => refused.has(id)));
    },
  });
  const choices = (of: Readonly<Record<string, Words>>, values: readonly string[]) =>
    values.map((value) => ({ value, label: word(of[value] ?? { zh: value, en: value }) }));
  const required = [{ required: true, message: t.required }];
  if (named.length > 0 && given.isPending) return <PageHeader>{t.applyLead}</PageHeader>;
  return (
    <>
      <PageHeader>{t.applyLead}</PageHeader>
      <Flex vertical gap="middle">
        <ProblemAlert error={submit.problem ?? given.error} />
        <Outcomes of={outcomes} />
        {outcomes.some(({ refused }) => !refused) && (
          <Link to="/applications">
            <Button>{t.toDesk}</Button>
          </Link>
        )}
        <Card>
          <Form<Values>
            form={form}
            layout="vertical"
            initialValues={{
              type: applicationTypeOf(params.get('type')) ?? 'FIRST',
              certificateType: 'ENFORCEMENT',
              subjectId: first?.subjectId ?? me.homeSubject.id,
              domains: first?.domains ?? [],
            }}
            onFinish={(values) => submit.run({ values, of: chosen })}
          >
            <div className="form-grid">
              <Form.Item name="type" label={t.type} rules={required}>
                <Select options={choices(APPLICATION_TYPE_WORDS, APPLICATION_TYPES)} />
              </Form.Item>
              <Form.Item name="certificateType" label={t.certificateType} rules={required}>
                <Select options={choices(CERTIFICATE_TYPE_WORDS, ['ENFORCEMENT', 'SUPERVISION'])} />
              </Form.Item>
              <Form.Item name="subjectId" label={t.unit} rules={required}>
                <SubjectSelect />
              </Form.Item>
              <Form.Item name="domains" label={t.domains} rules={required}>
                <Select mode="multiple" optionFilterProp="label" options={[...domains.options]} />
              </Form.Item>
            </div>
            <Flex gap="small" align="center" wrap>
              <Button onClick={() => setPicking(true)}>{t.chooseOfficers}</Button>
              <span>{t.chosen(chosen.length)}</span>
              {chosen.slice(0, 30).map(({ id, name }) => (
                <Tag key={id} closable onClose={() => setPeople(chosen.filter((person) => person.id !== id))}>
                  {name}
                </Tag>
              ))}
            </Flex>
            <Flex justify="flex-end" className="form-actions">
              <Button type="primary" htmlType="submit" disabled={chosen.length === 0} loading={submit.busy}>
                {t.submitCount(chosen.length)}
              </Button>
            </Flex>
          </Form>
        </Card>
      </Flex>
      {picking && (
        <OfficerPicker
          title={t.chooseOfficers}
          action={t.pick}
          onPick={(officers) => {
            setPeople([...new Map([...chosen, ...officers].map(({ id, name }) => [id, { id, name }])).values()]);
            setOutcomes([]);
            setPicking(false);
          }}
          onCancel={() => setPicking(false)}
        />
      )}
    </>
  );
}
