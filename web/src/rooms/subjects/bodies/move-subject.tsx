import { useQuery } from '@tanstack/react-query';
import { App, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { ConfirmDanger } from '../../../shared/components/confirm-danger';
import { EffectiveFrom } from '../../../shared/components/effective-from';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';

export type SubjectVerb = 'suspend' | 'restore' | 'abolish';

/** Suspends, restores or abolishes a body, after saying what follows; the number of people touched is typed. */
export function MoveSubject({
  subject,
  verb,
  onClose,
}: {
  subject: View<'SubjectDetailView'>;
  verb: SubjectVerb;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const d = t.danger;
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [effectiveFrom, setEffectiveFrom] = useState<string | undefined>();
  const strength = useQuery({
    queryKey: ['duty', 'strength', subject.id],
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/duty/strength', { params: { query: { subjectId: subject.id } }, signal })),
  });
  const people = strength.data?.items[0]?.officers ?? 0;
  const move = useCommand({
    run: (_: string, key) => {
      const when = effectiveFrom === undefined ? {} : { effectiveFrom };
      const given = { params: { path: { id: subject.id } }, headers: idempotent(key) };
      if (verb === 'restore')
        return body(api.POST('/api/v1/subjects/{id}/restore', { ...given, body: { document, ...when } }));
      const why = { ...given, body: { reason, document, ...when } };
      return verb === 'suspend'
        ? body(api.POST('/api/v1/subjects/{id}/suspend', why))
        : body(api.POST('/api/v1/subjects/{id}/abolish', why));
    },
    refresh: [['subjects'], ['duty']],
    done: () => {
      void message.success(d.done);
      onClose();
    },
  });
  const words = {
    suspend: [d.suspendTitle, d.suspendOk, d.suspendEffect],
    restore: [d.restoreTitle, d.restoreOk, d.restoreEffect],
    abolish: [d.abolishTitle, d.abolishOk, d.abolishEffect],
  }[verb];
  const isFilled = document.trim() !== '' && (verb === 'restore' || reason.trim() !== '');
  return (
    <ConfirmDanger
      open
      title={words[0] ?? ''}
      confirm={words[1] ?? ''}
      consequence={words[2]}
      answers={[
        { label: t.name, value: subject.name },
        { label: d.affected, value: people },
      ]}
      typed={people}
      filled={isFilled}
      busy={move.busy}
      error={move.problem}
      onConfirm={() => move.run(`${verb} ${reason} ${document} ${effectiveFrom ?? ''}`)}
      onCancel={onClose}
    >
      {verb !== 'restore' && (
        <label className="typed">
          <span>{t.reason}</span>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <label className="typed">
        <span>{t.document}</span>
        <Input value={document} maxLength={200} onChange={(event) => setDocument(event.target.value)} />
      </label>
      <div className="typed">
        <span>{t.confirmForm.effective}</span>
        <EffectiveFrom value={effectiveFrom} onChange={setEffectiveFrom} allowPast />
      </div>
    </ConfirmDanger>
  );
}
