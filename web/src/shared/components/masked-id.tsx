import { EyeOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Modal, Tooltip } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { api, body } from '../api/client';
import { useCommand } from '../api/command';
import { useMay } from '../api/session';
import { dictionary, useTexts } from '../i18n/dictionary';
import { ProblemAlert } from './problem-alert';

const texts = dictionary(
  {
    reveal: '查看完整身份证号',
    why: '查看理由（将记入审计日志）',
    show: '查看',
    hidden: (seconds: number) => `${seconds} 秒后自动隐藏`,
  },
  {
    reveal: 'Show the whole ID number',
    why: 'Reason (it is kept in the audit log)',
    show: 'Show',
    hidden: (seconds) => `Hidden again in ${seconds} s`,
  },
);

const SHOWN_SECONDS = 30;

/** A masked ID number; who may, sees all of it for half a minute after giving a reason, which is audited. */
export function MaskedId({ masked, officerId }: { masked: string; officerId: string }): ReactNode {
  const t = useTexts(texts);
  const may = useMay('officer.reveal-id-number');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  // Only here, in the memory of the page: never in a cache, an address or a log.
  const [shown, setShown] = useState<string | null>(null);
  const [left, setLeft] = useState(SHOWN_SECONDS);
  const reveal = useCommand({
    run: (why: string) =>
      body(
        api.POST('/api/v1/officers/{id}/reveal-id-number', {
          params: { path: { id: officerId } },
          body: { reason: why },
        }),
      ),
    done: ({ idNumber }) => {
      setShown(idNumber);
      setLeft(SHOWN_SECONDS);
      setAsking(false);
      setReason('');
      reveal.clear();
    },
  });
  useEffect(() => {
    if (shown === null) return undefined;
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    const end = setTimeout(() => setShown(null), SHOWN_SECONDS * 1000);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [shown]);
  return (
    <span className="masked-id">
      <span className="code">{shown ?? masked}</span>
      {shown !== null && <span className="hint">{t.hidden(left)}</span>}
      {may && shown === null && (
        <Tooltip title={t.reveal}>
          <Button
            type="text"
            size="small"
            icon={<EyeOutlined />}
            aria-label={t.reveal}
            onClick={() => setAsking(true)}
          />
        </Tooltip>
      )}
      <Modal
        open={asking}
        title={t.reveal}
        okText={t.show}
        okButtonProps={{ disabled: reason.trim().length < 4, loading: reveal.busy }}
        onOk={() => reveal.run(reason.trim())}
        onCancel={() => {
          setAsking(false);
          reveal.clear();
        }}
      >
        <Flex vertical gap="small">
          <ProblemAlert error={reveal.problem} />
          <label className="typed">
            <span>{t.why}</span>
            <Input.TextArea
              value={reason}
              maxLength={200}
              rows={3}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        </Flex>
      </Modal>
    </span>
  );
}
