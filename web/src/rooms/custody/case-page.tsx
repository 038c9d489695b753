import { useQuery } from '@tanstack/react-query';
import { App, Button, Descriptions, Flex, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { Status, StatusOf } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { CERTIFICATE_STATE_WORDS } from '../../shared/words/certificates';
import { CARD_CASE_CAUSE_WORDS } from '../../shared/words/card-cases';
import { CASE_STATE_WORDS, CLOCK_WORDS, CUSTODY_WORDS, OUTCOME_WORDS, TO_DO_WORDS } from './words';
import { texts } from './texts';

type CardCase = View<'CardCaseView'>;

/** One card that has to come back: why, until when, and what is left to do. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const [keeping, setKeeping] = useState(false);
  const found = useQuery({
    queryKey: ['card-cases', id],
    queryFn: () => body(api.GET('/api/v1/card-cases/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  const item = (label: string, children: ReactNode) => ({ key: label, label, children });
  return (
    <PersonalData>
      <PageHeader
        title={`${it.officerName} · ${word(CARD_CASE_CAUSE_WORDS[it.cause])}`}
        status={<StatusOf value={it.state} of={CASE_STATE_WORDS} />}
        extra={
          <>
            {it.allowedVerbs.includes('keep') && <Button onClick={() => setKeeping(true)}>{t.keep}</Button>}
            <Link to={`/certificates/${it.certificateId}`}>
              <Button>{t.toCertificate}</Button>
            </Link>
            <Link to={`/cards/${it.certificateId}`}>
              <Button>{t.toCard}</Button>
            </Link>
          </>
        }
      />
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          item(
            t.toDo,
            it.toDo.length === 0 ? (
              <Status kind="ok">{t.nothingToDo}</Status>
            ) : (
              <Flex gap="small" wrap>
                {it.toDo.map((step) => (
                  <Status key={step} kind="pending">
                    {word(TO_DO_WORDS[step] ?? words(step, step))}
                  </Status>
                ))}
              </Flex>
            ),
          ),
          item(
            t.due,
            <Flex gap="small" wrap>
              <DateText value={it.dueOn} />
              {it.clock !== null && <StatusOf value={it.clock} of={CLOCK_WORDS} />}
              {it.workingDaysUsed !== null && it.workingDaysAllowed !== null && (
                <span className="hint">{t.used(it.workingDaysUsed, it.workingDaysAllowed)}</span>
              )}
            </Flex>,
          ),
          item(t.holder, <Link to={`/officers/${it.officerId}`}>{it.officerName}</Link>),
          item(t.certificate, <span className="code">{it.certificateNo}</span>),
          item(t.certificateState, <StatusOf value={it.certificateState} of={CERTIFICATE_STATE_WORDS} />),
          item(t.custody, <StatusOf value={it.custody} of={CUSTODY_WORDS} />),
          item(t.opened, <DateText value={it.openedAt} />),
          item(t.escalated, <DateText value={it.escalatedAt} />),
          ...(it.closedAt === null
            ? []
            : [
                item(t.closed, <DateText value={it.closedAt} />),
                item(
                  t.outcome,
                  it.outcome === null ? '–' : word(OUTCOME_WORDS[it.outcome] ?? words(it.outcome, it.outcome)),
                ),
                item(t.note, it.closingNote ?? <span className="none">–</span>),
              ]),
        ]}
      />
      {keeping && <Keep of={it} onClose={() => setKeeping(false)} />}
    </PersonalData>
  );
}

/** A sanctioned officer keeps the certificate, by a decision with a number and a reason. */
function Keep({ of, onClose }: { of: CardCase; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { message } = App.useApp();
  const [document, setDocument] = useState('');
  const [reason, setReason] = useState('');
  const keep = useCommand({
    run: (given: View<'KeepCertificateDto'>, key) =>
      body(
        api.POST('/api/v1/card-cases/{id}/keep', {
          params: { path: { id: of.id } },
          headers: idempotent(key),
          body: given,
        }),
      ),
    refresh: [['card-cases'], ['cards']],
    done: () => {
      void message.success(t.done);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      title={t.keep}
      confirm={t.keep}
      consequence={t.keepFollows}
      answers={[
        { label: t.holder, value: of.officerName },
        { label: t.certificate, value: of.certificateNo },
        { label: t.cause, value: word(CARD_CASE_CAUSE_WORDS[of.cause]) },
      ]}
      filled={document.trim() !== '' && reason.trim() !== ''}
      busy={keep.busy}
      error={keep.problem}
      onConfirm={() => keep.run({ document: document.trim(), reason: reason.trim() })}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{t.document}</span>
        <Input value={document} maxLength={100} onChange={(event) => setDocument(event.target.value)} />
      </label>
      <label className="typed">
        <span>{t.reason}</span>
        <Input.TextArea value={reason} maxLength={500} rows={2} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
