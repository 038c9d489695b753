import { Alert, Button, Flex, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useKeys } from '../../shared/hooks/use-keys';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

export type ReviewFile = View<'ReviewFileView'>;
export type Act = 'PASS' | 'FAIL' | 'RETURN' | 'EXPLAIN' | 'REOPEN';

function send(act: Act, fileIds: string[], text: string, key: string): Promise<View<'ReviewedView'>> {
  const headers = idempotent(key);
  if (act === 'EXPLAIN')
    return body(api.POST('/api/v1/review-files/explain', { headers, body: { fileIds, explanation: text } }));
  if (act === 'REOPEN')
    return body(api.POST('/api/v1/review-files/reopen', { headers, body: { fileIds, note: text } }));
  return body(
    api.POST('/api/v1/review-files/decide', {
      headers,
      body: { fileIds, decision: act, ...(text === '' ? {} : { opinion: text }) },
    }),
  );
}

/** The name of what is done at the step at which the files wait. */
export function useActName(): (act: Act, step: ReviewFile['step']) => string {
  const t = useTexts(texts);
  return (act, step) => {
    const level = step === 'REVIEW_DECISION' ? 'REVIEW_DECISION' : 'REVIEW_CHECK';
    return { PASS: t.pass[level], FAIL: t.fail[level], RETURN: t.returnIt, EXPLAIN: t.explain, REOPEN: t.reopen }[act];
  };
}

/** One step with one text for one or many files; each is done or refused by itself. */
export function ActOnFiles({
  files,
  act,
  onDone,
  onClose,
}: {
  files: readonly ReviewFile[];
  act: Act;
  onDone: () => void;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const [text, setText] = useState(act === 'PASS' ? t.phrases.pass : '');
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  // The step at which they wait now: once it is done, the list behind shows the next one.
  const [step] = useState(files[0]?.step ?? null);
  const name = useActName()(act, step);
  const command = useCommand({
    run: (given: string, key) =>
      send(
        act,
        files.map(({ id }) => id),
        given,
        key,
      ),
    refresh: [['reviews']],
    done: ({ items }) => {
      setOutcomes(
        items.map(({ fileId, status, reasons }) => ({
          key: fileId,
          name: files.find(({ id }) => id === fileId)?.officerName ?? fileId,
          refused: status === 'REFUSED',
          reasons,
        })),
      );
      onDone();
    },
  });
  const ready = act === 'PASS' || text.trim().length >= 2;
  const submit = (): void => {
    if (ready && !command.busy && outcomes === null) command.run(text.trim());
  };
  useKeys({ 'Ctrl+Enter': submit });
  const { pass, ...reasons } = t.phrases;
  const phrases = act === 'EXPLAIN' || act === 'REOPEN' ? t.explanations : act === 'PASS' ? { pass } : reasons;
  const isFinalFailure = act === 'FAIL' && step === 'REVIEW_DECISION';
  return (
    <Modal
      open
      title={t.actTitle(name, files.length)}
      okText={name}
      okButtonProps={{ disabled: !ready || outcomes !== null, loading: command.busy, danger: act === 'FAIL' }}
      onOk={submit}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        <ProblemAlert error={command.problem} />
        {outcomes !== null ? (
          <Outcomes of={outcomes} />
        ) : (
          <>
            {isFinalFailure && <Alert type="warning" showIcon title={t.failFollows} />}
            <div>
              <strong>{t.people}</strong>{' '}
              {files
                .slice(0, 20)
                .map(({ officerName }) => officerName)
                .join('、')}
              {files.length > 20 ? ' …' : ''}
            </div>
            <label className="typed">
              <span>{act === 'EXPLAIN' ? t.explanation : act === 'REOPEN' ? t.note : t.opinion}</span>
              <Input.TextArea value={text} maxLength={500} rows={3} onChange={(event) => setText(event.target.value)} />
            </label>
            <Flex gap="small" wrap>
              {Object.values(phrases).map((phrase) => (
                <Button key={phrase} size="small" className="phrase" onClick={() => setText(phrase)}>
                  {phrase}
                </Button>
              ))}
            </Flex>
            {!ready && (act === 'FAIL' || act === 'RETURN') && <Alert type="info" showIcon title={t.opinionNeeded} />}
          </>
        )}
      </Flex>
    </Modal>
  );
}
