import { Alert, Button, Flex, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useKeys } from '../../shared/hooks/use-keys';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

type Application = View<'ApplicationView'>;
export type Decision = 'APPROVE' | 'RETURN' | 'REJECT';

/** One decision with one opinion for one or many applications; each is done or refused by itself. */
export function Decide({
  applications,
  decision,
  onDone,
  onClose,
}: {
  applications: readonly Application[];
  decision: Decision;
  onDone: () => void;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const [opinion, setOpinion] = useState(decision === 'APPROVE' ? t.phrases.agreed : '');
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const decide = useCommand({
    run: (text: string, key) =>
      body(
        api.POST('/api/v1/certificate-applications/decide', {
          headers: idempotent(key),
          body: {
            applicationIds: applications.map(({ id }) => id),
            decision,
            ...(text === '' ? {} : { opinion: text }),
          },
        }),
      ),
    refresh: [['certificates']],
    done: ({ items }) => {
      setOutcomes(
        items.map(({ applicationId, status, reasons }) => ({
          key: applicationId,
          name: applications.find(({ id }) => id === applicationId)?.officerName ?? applicationId,
          refused: status === 'REFUSED',
          reasons,
        })),
      );
      onDone();
    },
  });
  const step = applications[0]?.step === 'DISTRICT_APPROVAL' ? 'DISTRICT_APPROVAL' : 'DISTRICT_REVIEW';
  const verb = { APPROVE: t.approve[step], RETURN: t.returnIt, REJECT: t.reject }[decision];
  const ready = decision === 'APPROVE' || opinion.trim().length >= 2;
  const submit = (): void => {
    if (ready && !decide.busy && outcomes === null) decide.run(opinion.trim());
  };
  useKeys({ 'Ctrl+Enter': submit });
  return (
    <Modal
      open
      title={t.decideTitle(verb, applications.length)}
      okText={verb}
      okButtonProps={{
        disabled: !ready || outcomes !== null,
        loading: decide.busy,
        danger: decision === 'REJECT',
      }}
      onOk={submit}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        <ProblemAlert error={decide.problem} />
        {outcomes !== null ? (
          <Outcomes of={outcomes} />
        ) : (
          <>
            <div>
              <strong>{t.people}</strong>{' '}
              {applications
                .slice(0, 20)
                .map(({ officerName }) => officerName)
                .join('、')}
              {applications.length > 20 ? ' …' : ''}
            </div>
            <label className="typed">
              <span>{t.opinion}</span>
              <Input.TextArea
                value={opinion}
                maxLength={500}
                rows={3}
                onChange={(event) => setOpinion(event.target.value)}
              />
            </label>
            <Flex gap="small" wrap>
              {Object.values(t.phrases).map((phrase) => (
                <Button key={phrase} size="small" onClick={() => setOpinion(phrase)}>
                  {phrase}
                </Button>
              ))}
            </Flex>
            {!ready && <Alert type="info" showIcon title={t.opinionNeeded} />}
          </>
        )}
      </Flex>
    </Modal>
  );
}
