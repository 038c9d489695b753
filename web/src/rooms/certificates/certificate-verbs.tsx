import { Alert, App, Button, Checkbox, DatePicker, Flex, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { EffectiveFrom } from '../../shared/components/effective-from';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { instantOf } from '../../shared/lib/dates';
import { CANCEL_CAUSE_WORDS, texts } from './texts';

type Certificate = View<'CertificateDetailView'>;
const VERBS = ['suspend', 'lift', 'report-loss', 'void-notice', 'cancel', 'revoke'] as const;
type Verb = (typeof VERBS)[number];
const FINAL: readonly Verb[] = ['cancel', 'revoke'];

/** Exactly the moves that the server allows now. */
export function CertificateVerbs({ of }: { of: Certificate }): ReactNode {
  const t = useTexts(texts);
  const [open, setOpen] = useState<Verb | null>(null);
  return (
    <>
      {VERBS.filter((verb) => of.commands.includes(verb)).map((verb) => (
        <Button key={verb} danger={FINAL.includes(verb) || verb === 'suspend'} onClick={() => setOpen(verb)}>
          {t.verbs[verb]}
        </Button>
      ))}
      {open !== null && <VerbDialog of={of} verb={open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface Values {
  readonly ground?: string;
  readonly document?: string;
  readonly cause?: string;
  readonly cardReturned?: boolean;
  readonly plannedTo?: Dayjs | null;
  readonly medium?: string;
  readonly reference?: string;
  readonly publishedOn?: Dayjs;
  readonly effectiveFrom?: string;
}

function send({ id }: Certificate, verb: Verb, values: Values, key: string): Promise<unknown> {
  const options = { params: { path: { id } }, headers: idempotent(key) };
  const { ground = '', document = '', cause, cardReturned = false, plannedTo, medium = '', reference = '' } = values;
  const from = values.effectiveFrom === undefined ? {} : { effectiveFrom: values.effectiveFrom };
  switch (verb) {
    case 'suspend': {
      const planned = plannedTo ? { plannedTo: instantOf(plannedTo.format('YYYY-MM-DD')) } : {};
      return body(
        api.POST('/api/v1/certificates/{id}/suspend', { ...options, body: { ground, document, ...from, ...planned } }),
      );
    }
    case 'lift':
      return body(api.POST('/api/v1/certificates/{id}/lift', { ...options, body: { document, ...from } }));
    case 'revoke':
      return body(api.POST('/api/v1/certificates/{id}/revoke', { ...options, body: { ground, document, ...from } }));
    case 'report-loss':
      return body(api.POST('/api/v1/certificates/{id}/report-loss', { ...options, body: from }));
    case 'cancel':
      return body(
        api.POST('/api/v1/certificates/{id}/cancel', {
          ...options,
          body: {
            cause: cause as View<'CancelDto'>['cause'],
            cardReturned,
            ...(document === '' ? {} : { document }),
            ...from,
          },
        }),
      );
    case 'void-notice':
      return body(
        api.POST('/api/v1/certificates/{id}/void-notice', {
          ...options,
          body: { medium, reference, publishedOn: (values.publishedOn ?? dayjs()).format('YYYY-MM-DD') },
        }),
      );
  }
}

function VerbDialog({ of, verb, onClose }: { of: Certificate; verb: Verb; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const grounds = useDictionary('grounds');
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const act = useCommand({
    run: (values: Values, key) => send(of, verb, values, key),
    refresh: [['certificates'], ['officers'], ['duty']],
    done: () => {
      void message.success(`${t.verbs[verb]} · ${of.certificateNo}`);
      onClose();
    },
  });
  const required = [{ required: true, message: t.required }];
  const has = (...of_: readonly Verb[]): boolean => of_.includes(verb);
  return (
    <Modal
      open
      title={`${t.verbs[verb]}：${of.holderName} ${of.certificateNo}`}
      okText={t.verbs[verb]}
      okButtonProps={{ loading: act.busy, danger: FINAL.includes(verb) }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        <Alert type={FINAL.includes(verb) ? 'error' : 'warning'} showIcon title={t.follows[verb]} />
        <ProblemAlert error={act.problem} />
        <Form<Values> form={form} layout="vertical" onFinish={act.run}>
          {has('suspend', 'revoke') && (
            <Form.Item name="ground" label={t.ground} rules={required}>
              <Select options={[...grounds.options]} optionFilterProp="label" showSearch />
            </Form.Item>
          )}
          {has('cancel') && (
            <Form.Item name="cause" label={t.cause} rules={required}>
              <Select
                options={Object.entries(CANCEL_CAUSE_WORDS).map(([value, pair]) => ({ value, label: word(pair) }))}
              />
            </Form.Item>
          )}
          {has('suspend', 'revoke', 'lift', 'cancel') && (
            <Form.Item name="document" label={t.document} rules={verb === 'cancel' ? [] : required}>
              <Input maxLength={200} />
            </Form.Item>
          )}
          {has('suspend') && (
            <Form.Item name="plannedTo" label={t.plannedTo} extra={t.plannedHint}>
              <DatePicker minDate={dayjs().add(1, 'day')} />
            </Form.Item>
          )}
          {has('cancel') && (
            <Form.Item name="cardReturned" valuePropName="checked">
              <Checkbox>{t.cardReturned}</Checkbox>
            </Form.Item>
          )}
          {has('void-notice') ? (
            <>
              <Form.Item name="medium" label={t.medium} rules={required}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name="reference" label={t.reference} rules={required}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name="publishedOn" label={t.publishedOn} rules={required}>
                <DatePicker maxDate={dayjs()} />
              </Form.Item>
            </>
          ) : (
            <Form.Item name="effectiveFrom">
              <EffectiveFrom allowPast />
            </Form.Item>
          )}
        </Form>
      </Flex>
    </Modal>
  );
}
