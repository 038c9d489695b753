import { Alert, Descriptions, Flex, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { dictionary, useTexts } from '../i18n/dictionary';
import { useKeys } from '../hooks/use-keys';
import { ProblemAlert } from './problem-alert';

const texts = dictionary(
  {
    check: '请核对',
    type: (word: string) => `请输入 ${word} 以确认`,
    cancel: '再想想',
  },
  {
    check: 'Please check',
    type: (word) => `Type ${word} to confirm`,
    cancel: 'Not yet',
  },
);

/**
 * The page before a step that is hard to take back: what will be done, with which answers, and a number to type.
 *
 * @param confirm names the result («吊销证件», not «确定»)
 * @param typed the text to type, usually the count of what is touched; left out, the button alone is enough
 */
export function ConfirmDanger(props: {
  readonly open: boolean;
  readonly title: string;
  readonly confirm: string;
  readonly answers: readonly { readonly label: string; readonly value: ReactNode }[];
  /** What cannot be taken back, or what follows. */
  readonly consequence?: ReactNode;
  readonly typed?: string | number;
  /** False while the fields among the children still lack something. */
  readonly filled?: boolean;
  readonly busy?: boolean;
  readonly error?: unknown;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}): ReactNode {
  // The content is made anew each time, so that nothing typed for one thing confirms another.
  return props.open ? <Dialog {...props} /> : null;
}

function Dialog({
  title,
  confirm,
  answers,
  consequence,
  typed,
  filled = true,
  busy = false,
  error,
  onConfirm,
  onCancel,
  children,
}: Parameters<typeof ConfirmDanger>[0]): ReactNode {
  const t = useTexts(texts);
  const [text, setText] = useState('');
  const ready = filled && (typed === undefined || text.trim() === String(typed));
  useKeys({
    'Ctrl+Enter': () => {
      if (ready && !busy) onConfirm();
    },
  });
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={t.cancel}
      okButtonProps={{ danger: true, disabled: !ready, loading: busy }}
      onOk={onConfirm}
      onCancel={onCancel}
      width={560}
    >
      <Flex vertical gap="middle">
        <ProblemAlert error={error} />
        {consequence !== undefined && <Alert type="warning" showIcon title={consequence} />}
        <Descriptions
          title={t.check}
          bordered
          size="small"
          column={1}
          items={answers.map(({ label, value }) => ({ key: label, label, children: value }))}
        />
        {children}
        {typed !== undefined && (
          <label className="typed">
            <span>{t.type(String(typed))}</span>
            <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
          </label>
        )}
      </Flex>
    </Modal>
  );
}
