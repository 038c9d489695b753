import { Alert, App, Button, Flex, Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { EffectiveFrom } from '../../shared/components/effective-from';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { SubjectSelect } from '../../shared/components/remote-select';
import { useTexts, useWord, type Words } from '../../shared/i18n/dictionary';
import { STAFF_CATEGORY_WORDS } from '../../shared/words/people';
import { LEAVE_CAUSE_WORDS, OFF_POST_CAUSE_WORDS, texts } from './texts';

type Officer = View<'OfficerView'>;
type Verb = 'transfer' | 'leave' | 'offPost' | 'backOnPost';

/** What may happen to an officer now: nothing after leaving; back on post while an order runs, else off post. */
function verbsOf({ departure, offPostOrders }: Officer): readonly Verb[] {
  if (departure !== null) return [];
  const isOff = offPostOrders.some(({ effectiveTo }) => effectiveTo === null);
  return ['transfer', isOff ? 'backOnPost' : 'offPost', 'leave'];
}

/** Transfer, off post, back on post, leave: what happened is recorded, with its legal time. */
export function OfficerVerbs({ officer }: { officer: Officer }): ReactNode {
  const t = useTexts(texts);
  const [open, setOpen] = useState<Verb | null>(null);
  return (
    <>
      {verbsOf(officer).map((verb) => (
        <Button key={verb} danger={verb === 'leave'} onClick={() => setOpen(verb)}>
          {t[verb]}
        </Button>
      ))}
      {open !== null && <VerbDialog officer={officer} verb={open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface Values {
  readonly subjectId?: string;
  readonly postTitle?: string;
  readonly staffCategory?: Officer['staffCategory'];
  readonly cause?: string;
  readonly document?: string;
  readonly effectiveFrom?: string;
}

/** Only what was filled in is sent. */
const filled = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as T;

function send({ id }: Officer, verb: Verb, values: Values): Promise<unknown> {
  const params = { path: { id } };
  const given = filled(values);
  switch (verb) {
    case 'transfer':
      return body(api.POST('/api/v1/officers/{id}/transfer', { params, body: given as View<'TransferOfficerDto'> }));
    case 'leave':
      return body(api.POST('/api/v1/officers/{id}/leave', { params, body: given as View<'LeaveServiceDto'> }));
    case 'offPost':
      return body(api.POST('/api/v1/officers/{id}/off-post', { params, body: given as View<'OrderOffPostDto'> }));
    case 'backOnPost':
      return body(api.POST('/api/v1/officers/{id}/back-on-post', { params, body: given }));
  }
}

function VerbDialog({ officer, verb, onClose }: { officer: Officer; verb: Verb; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const act = useCommand({
    run: (values: Values) => send(officer, verb, values),
    refresh: [['officers'], ['certificates'], ['duty']],
    done: () => {
      void message.success(t.change(t[verb]));
      onClose();
    },
  });
  const title = { transfer: t.transferTitle, leave: t.leaveTitle, offPost: t.offPostTitle, backOnPost: t.backTitle }[
    verb
  ];
  const follows = { transfer: t.transferFollows, leave: t.leaveFollows, offPost: t.offPostFollows, backOnPost: null }[
    verb
  ];
  const choices = (of: Readonly<Record<string, Words>>) =>
    Object.entries(of).map(([value, pair]) => ({ value, label: word(pair) }));
  const required = [{ required: true, message: t.required }];
  return (
    <Modal
      open
      title={title(officer.name)}
      okText={t[verb]}
      okButtonProps={{ loading: act.busy, danger: verb === 'leave' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        {follows !== null && <Alert type="warning" showIcon title={follows} />}
        <ProblemAlert error={act.problem} />
        <Form form={form} layout="vertical" onFinish={act.run} scrollToFirstError>
          {verb === 'transfer' && (
            <>
              <Form.Item name="subjectId" label={t.to} rules={required}>
                <SubjectSelect />
              </Form.Item>
              <Form.Item name="postTitle" label={t.post} rules={required} initialValue={officer.postTitle}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="staffCategory" label={t.category} initialValue={officer.staffCategory}>
                <Select options={choices(STAFF_CATEGORY_WORDS)} />
              </Form.Item>
            </>
          )}
          {(verb === 'leave' || verb === 'offPost') && (
            <Form.Item name="cause" label={t.cause} rules={required}>
              <Select options={choices(verb === 'leave' ? LEAVE_CAUSE_WORDS : OFF_POST_CAUSE_WORDS)} />
            </Form.Item>
          )}
          {(verb === 'offPost' || verb === 'backOnPost') && (
            <Form.Item name="document" label={t.document}>
              <Input maxLength={200} />
            </Form.Item>
          )}
          <Form.Item name="effectiveFrom">
            <EffectiveFrom allowPast />
          </Form.Item>
        </Form>
      </Flex>
    </Modal>
  );
}
