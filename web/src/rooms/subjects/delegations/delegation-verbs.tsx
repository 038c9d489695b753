import { App, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand, type Command } from '../../../shared/api/command';
import { ConfirmDanger } from '../../../shared/components/confirm-danger';
import { EffectiveFrom } from '../../../shared/components/effective-from';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';

type Delegation = View<'DelegationDetailView'>;
type Ending = 'suspend' | 'resume' | 'revoke';
export type Verb = 'sign' | 'publish' | 'supervise' | 'report' | Ending;

interface Props<V extends Verb> {
  readonly delegation: Delegation;
  readonly verb: V;
  readonly onClose: () => void;
}

const day = (date: Dayjs): string => date.format('YYYY-MM-DD');
const isEnding = (verb: Verb): verb is Ending => verb === 'suspend' || verb === 'resume' || verb === 'revoke';

export function DelegationVerb({ verb, ...props }: Props<Verb>): ReactNode {
  return isEnding(verb) ? <End verb={verb} {...props} /> : <Enter verb={verb} {...props} />;
}

function useVerb<Input>(
  { onClose }: { readonly onClose: () => void },
  run: (input: Input, key: string) => Promise<unknown>,
): Command<Input, unknown> {
  const t = useTexts(texts);
  const { message } = App.useApp();
  return useCommand<Input, unknown>({
    run,
    refresh: [['delegations'], ['duty'], ['subjects']],
    done: () => {
      void message.success(t.delegation.done);
      onClose();
    },
  });
}

/** Suspends, resumes or revokes: what follows, the answers, the number of matters to type. */
function End({ delegation, verb, onClose }: Props<Ending>): ReactNode {
  const t = useTexts(texts);
  const d = t.delegation;
  const [reason, setReason] = useState('');
  const [effectiveFrom, setEffectiveFrom] = useState<string | undefined>();
  const move = useVerb<{ reason: string; effectiveFrom: string | undefined }>({ onClose }, (given, key) => {
    const when = given.effectiveFrom === undefined ? {} : { effectiveFrom: given.effectiveFrom };
    const target = { params: { path: { id: delegation.id } }, headers: idempotent(key) };
    if (verb === 'resume') return body(api.POST('/api/v1/delegations/{id}/resume', { ...target, body: when }));
    const why = { ...target, body: { reason: given.reason, ...when } };
    return verb === 'suspend'
      ? body(api.POST('/api/v1/delegations/{id}/suspend', why))
      : body(api.POST('/api/v1/delegations/{id}/revoke', why));
  });
  const effect = { suspend: d.suspendEffect, resume: d.resumeEffect, revoke: d.revokeEffect }[verb];
  return (
    <ConfirmDanger
      open
      title={d.verb[verb]}
      confirm={d.verb[verb]}
      consequence={effect}
      answers={[
        { label: d.documentNo, value: delegation.documentNo },
        { label: d.delegator, value: delegation.delegator.name },
        { label: d.delegatee, value: delegation.delegatee.name },
        { label: d.matter, value: d.matters(delegation.matterCodes.length) },
      ]}
      {...(verb === 'resume' ? {} : { typed: delegation.matterCodes.length })}
      filled={verb === 'resume' || reason.trim() !== ''}
      busy={move.busy}
      error={move.problem}
      onConfirm={() => move.run({ reason: reason.trim(), effectiveFrom })}
      onCancel={onClose}
    >
      {verb !== 'resume' && (
        <label className="typed">
          <span>{d.reason}</span>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <div className="typed">
        <span>{d.effective}</span>
        <EffectiveFrom value={effectiveFrom} onChange={setEffectiveFrom} allowPast />
      </div>
    </ConfirmDanger>
  );
}

interface Given {
  readonly signedOn?: Dayjs;
  readonly delegatorReference?: string;
  readonly delegatorPublishedOn?: Dayjs;
  readonly delegateeReference?: string;
  readonly delegateePublishedOn?: Dayjs;
  readonly happenedOn?: Dayjs;
  readonly summary?: string;
  readonly findings?: string;
}

/** Enters a signature, both publications, a supervision record or a report. */
function Enter({ delegation, verb, onClose }: Props<Exclude<Verb, Ending>>): ReactNode {
  const t = useTexts(texts);
  const d = t.delegation;
  const [form] = Form.useForm<Given>();
  const enter = useVerb<Given>({ onClose }, (given, key) => {
    const target = { params: { path: { id: delegation.id } }, headers: idempotent(key) };
    const on = (date: Dayjs | undefined): string => day(date ?? dayjs());
    if (verb === 'sign')
      return body(api.POST('/api/v1/delegations/{id}/sign', { ...target, body: { signedOn: on(given.signedOn) } }));
    if (verb === 'publish')
      return body(
        api.POST('/api/v1/delegations/{id}/publish', {
          ...target,
          body: {
            delegatorPublication: {
              reference: given.delegatorReference ?? '',
              publishedOn: on(given.delegatorPublishedOn),
            },
            delegateePublication: {
              reference: given.delegateeReference ?? '',
              publishedOn: on(given.delegateePublishedOn),
            },
          },
        }),
      );
    const record = {
      ...target,
      body: {
        summary: given.summary ?? '',
        ...(given.happenedOn ? { happenedOn: day(given.happenedOn) } : {}),
        ...(given.findings ? { findings: given.findings } : {}),
      },
    };
    return verb === 'supervise'
      ? body(api.POST('/api/v1/delegations/{id}/supervisions', record))
      : body(api.POST('/api/v1/delegations/{id}/reports', record));
  });
  const required = [{ required: true, message: t.form.required }];
  const past = { maxDate: dayjs() };
  return (
    <Modal
      open
      title={`${d.verb[verb]}：${delegation.documentNo}`}
      okText={d.verb[verb]}
      onOk={() => form.submit()}
      okButtonProps={{ loading: enter.busy }}
      onCancel={onClose}
    >
      <ProblemAlert error={enter.problem} />
      <Form<Given> form={form} layout="vertical" onFinish={(given) => enter.run(given)}>
        {verb === 'sign' && (
          <Form.Item name="signedOn" label={d.signOn} rules={required}>
            <DatePicker {...past} />
          </Form.Item>
        )}
        {verb === 'publish' &&
          (['delegator', 'delegatee'] as const).map((side) => (
            <fieldset key={side} className="publication">
              <legend>{d.sides[side === 'delegator' ? 'DELEGATOR' : 'DELEGATEE']}</legend>
              <Form.Item name={`${side}Reference`} label={d.reference} rules={required}>
                <Input maxLength={300} />
              </Form.Item>
              <Form.Item name={`${side}PublishedOn`} label={d.publishedOn} rules={required}>
                <DatePicker {...past} />
              </Form.Item>
            </fieldset>
          ))}
        {(verb === 'supervise' || verb === 'report') && (
          <>
            <Form.Item name="happenedOn" label={d.happenedOn} initialValue={dayjs()}>
              <DatePicker {...past} />
            </Form.Item>
            <Form.Item name="summary" label={d.summary} rules={required}>
              <Input.TextArea maxLength={2000} autoSize={{ minRows: 3 }} />
            </Form.Item>
            <Form.Item name="findings" label={d.findings}>
              <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
