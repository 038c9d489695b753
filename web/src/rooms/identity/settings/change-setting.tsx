import { Alert, App, Button, DatePicker, Drawer, Flex, Form, Input, InputNumber, Switch } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, body, ifMatch, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { ConflictDialog } from '../../../shared/components/conflict-dialog';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useTexts } from '../../../shared/i18n/dictionary';
import { today } from '../../../shared/lib/dates';
import { SettingValue } from './setting-value';
import { texts } from './texts';

type SettingDetail = View<'SettingDetailView'>;
interface Input {
  readonly value: unknown;
  readonly from: Dayjs;
  readonly reason: string;
}
interface Change {
  readonly value: unknown;
  readonly effectiveFrom: string;
  readonly reason: string;
  readonly version: number;
}

const isPlain = (value: unknown): boolean => ['number', 'string', 'boolean'].includes(typeof value);

/** A new value from a day on, with a reason; the approver decides where a legal threshold moves. */
export function ChangeSetting({
  setting,
  title,
  onClose,
}: {
  setting: SettingDetail;
  title: string;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Input>();
  const [latest, setLatest] = useState<SettingDetail | null>(null);
  const [asked, setAsked] = useState<Change | null>(null);
  const change = useCommand({
    run: ({ version, value, effectiveFrom, reason }: Change) =>
      body(
        api.PUT('/api/v1/settings/{key}', {
          params: { path: { key: setting.key }, header: ifMatch(version) },
          body: { value: value as Record<string, never>, effectiveFrom, reason },
        }),
      ),
    refresh: [['settings'], ['workbench'], ['todos']],
    done: () => {
      void message.success(setting.needsApproval ? t.proposed : t.saved);
      onClose();
    },
  });
  const stale = change.problem?.code === 'VERSION_STALE';
  const submit = async (wanted: Change): Promise<void> => {
    setAsked(wanted);
    try {
      await change.runAndWait(wanted);
    } catch {
      // Shown by the form; when somebody was faster, both versions are.
      setLatest(await body(api.GET('/api/v1/settings/{key}', { params: { path: { key: setting.key } } })));
    }
  };
  const finish = ({ value, from, reason }: Input): void => {
    const parsed: unknown = isPlain(setting.value) ? value : JSON.parse(String(value));
    void submit({ value: parsed, effectiveFrom: from.format('YYYY-MM-DD'), reason, version: setting.version });
  };
  return (
    <Drawer
      open
      size={480}
      title={t.changeTitle(title)}
      onClose={onClose}
      footer={
        <Flex gap="small" justify="flex-end">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="primary" loading={change.busy} onClick={form.submit}>
            {setting.needsApproval ? t.savePropose : t.saveDirect}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap="middle">
        {!stale && <ProblemAlert error={change.problem} />}
        <Alert type="info" showIcon title={t.effectText} />
        <Form<Input>
          form={form}
          layout="vertical"
          onFinish={finish}
          initialValues={{
            value: isPlain(setting.value) ? setting.value : JSON.stringify(setting.value, null, 2),
            from: dayjs(today()),
          }}
        >
          <Form.Item label={t.current}>
            <SettingValue value={setting.value} />
          </Form.Item>
          <ValueField value={setting.value} />
          <Form.Item name="from" label={t.from} rules={[{ required: true, message: t.needed }]}>
            <DatePicker minDate={dayjs(today())} />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t.reason}
            extra={t.reasonHint}
            rules={[{ required: true, whitespace: true, message: t.needed }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </Form>
      </Flex>
      <ConflictDialog
        open={stale && latest !== null}
        fields={
          latest && asked
            ? [
                {
                  key: 'value',
                  label: t.newValue,
                  mine: <SettingValue value={asked.value} />,
                  latest: <SettingValue value={latest.value} />,
                  differs: JSON.stringify(asked.value) !== JSON.stringify(latest.value),
                },
                ...[...latest.upcoming, ...latest.proposals].map((other) => ({
                  key: other.id,
                  label: `${t.effectiveFrom} ${other.effectiveFrom}`,
                  mine: '–',
                  latest: <SettingValue value={other.value} />,
                  differs: true,
                })),
              ]
            : []
        }
        onCancel={change.clear}
        onUseLatest={() => {
          void client.invalidateQueries({ queryKey: ['settings'] });
          onClose();
        }}
        onKeepMine={() => {
          if (latest && asked) void submit({ ...asked, version: latest.version });
        }}
      />
    </Drawer>
  );
}

function ValueField({ value }: { value: unknown }): ReactNode {
  const t = useTexts(texts);
  const needed = { required: true, message: t.needed };
  if (typeof value === 'boolean') {
    return (
      <Form.Item name="value" label={t.newValue} valuePropName="checked">
        <Switch checkedChildren={t.yes} unCheckedChildren={t.no} />
      </Form.Item>
    );
  }
  if (typeof value === 'number') {
    return (
      <Form.Item name="value" label={t.newValue} rules={[needed]}>
        <InputNumber className="wide" />
      </Form.Item>
    );
  }
  if (typeof value === 'string') {
    return (
      <Form.Item name="value" label={t.newValue} rules={[needed]}>
        <Input />
      </Form.Item>
    );
  }
  return (
    <Form.Item
      name="value"
      label={t.newValue}
      extra={t.json}
      rules={[
        needed,
        {
          validator: (_, text) => {
            try {
              JSON.parse(String(text));
              return Promise.resolve();
            } catch {
              return Promise.reject(new Error(t.badJson));
            }
          },
        },
      ]}
    >
      <Input.TextArea rows={12} className="mono" />
    </Form.Item>
  );
}
