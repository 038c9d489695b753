import { Alert, Button, Checkbox, Descriptions, Flex, Form, Input, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { useConsequences } from './consequences';
import type { Import } from './kinds';
import { causeWords } from './states';
import { wizardTexts } from './wizard-texts';

type Wish = View<'CommitImportDto'>;
type Consequences = View<'ImportConsequencesView'>;

/** P11, fifth screen: counts, consequences, policies and warnings, then the commit. */
export function ConfirmStep(props: { record: Import; onSent: () => void; onBack: () => void }): ReactNode {
  const found = useConsequences(props.record);
  if (found.data) return <Answers {...props} consequences={found.data} />;
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  return <PageSkeleton rows={6} />;
}

function Answers({
  record,
  consequences,
  onSent,
  onBack,
}: {
  record: Import;
  consequences: Consequences;
  onSent: () => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  const [policy, setPolicy] = useState<Wish['policy']>('VALID_ROWS_ONLY');
  const [existing, setExisting] = useState<NonNullable<Wish['existing']>>('UPDATE');
  const [reason, setReason] = useState('');
  const [read, setRead] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const { rows, warnings } = consequences;
  const { counts } = record;
  const waiting = counts.valid + counts.warning;
  // Rows of earlier rounds are written already: what counts here is what is still to be done.
  const toUpdate = Math.max(0, rows.updated - counts.updated);
  const needsReason = toUpdate > 0 && existing === 'UPDATE';
  const commit = useCommand({
    run: (wish: Wish, key) =>
      body(
        api.POST('/api/v1/imports/{id}/commit', {
          params: { path: { id: record.id } },
          headers: idempotent(key),
          body: wish,
        }),
      ),
    refresh: [['imports']],
    done: onSent,
  });
  const unread = warnings.filter(({ code }) => !read.includes(code));
  const ready = waiting > 0 && unread.length === 0 && (!needsReason || reason.trim() !== '');
  const policyWord = policy === 'VALID_ROWS_ONLY' ? t.validOnly : t.allOrNothing;
  const existingWord = { UPDATE: t.update, SKIP: t.skip, REFUSE: t.refuse }[existing];
  return (
    <section className="panel">
      <Follows consequences={consequences} />
      <Form layout="vertical" className="import-form">
        <Form.Item label={t.policy}>
          <Radio.Group value={policy} onChange={(event) => setPolicy(event.target.value as Wish['policy'])}>
            <Radio value="VALID_ROWS_ONLY">{t.validOnly}</Radio>
            <Radio value="ALL_OR_NOTHING" disabled={counts.invalid > 0}>
              {t.allOrNothing}
            </Radio>
          </Radio.Group>
          {counts.invalid > 0 && <div className="hint">{t.blocked(counts.invalid)}</div>}
        </Form.Item>
        {toUpdate > 0 && (
          <Form.Item label={t.existing}>
            <Radio.Group
              value={existing}
              onChange={(event) => setExisting(event.target.value as NonNullable<Wish['existing']>)}
            >
              <Radio value="UPDATE">{t.update}</Radio>
              <Radio value="SKIP">{t.skip}</Radio>
              <Radio value="REFUSE">{t.refuse}</Radio>
            </Radio.Group>
          </Form.Item>
        )}
        {needsReason && (
          <Form.Item label={t.reason} htmlFor="import-reason" required extra={t.reasonHint}>
            <Input.TextArea
              id="import-reason"
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        )}
        {warnings.length > 0 && (
          <Form.Item label={t.warnings}>
            <Flex vertical>
              {warnings.map(({ code, rows: count }) => (
                <Checkbox
                  key={code}
                  checked={read.includes(code)}
                  onChange={(event) =>
                    setRead(event.target.checked ? [...read, code] : read.filter((one) => one !== code))
                  }
                >
                  {t.acknowledge(word(causeWords(code)), count)}
                </Checkbox>
              ))}
            </Flex>
          </Form.Item>
        )}
      </Form>
      {waiting === 0 && <Alert type="warning" showIcon title={t.nothing} className="import-alert" />}
      <Flex justify="space-between" className="import-foot">
        <Button onClick={onBack}>{t.back}</Button>
        <Button type="primary" size="large" disabled={!ready} onClick={() => setAsking(true)}>
          {t.commit(waiting)}
        </Button>
      </Flex>
      <ConfirmDanger
        open={asking}
        title={t.commitTitle}
        confirm={t.commit(waiting)}
        consequence={t.commitFollows}
        typed={waiting}
        busy={commit.busy}
        error={commit.problem}
        answers={[
          { label: t.createdRows, value: Math.max(0, rows.created - counts.created) },
          { label: t.updatedRows, value: toUpdate },
          { label: t.failedRows, value: rows.failed },
          { label: t.policy, value: policyWord },
          ...(toUpdate > 0 ? [{ label: t.existing, value: existingWord }] : []),
          ...(needsReason ? [{ label: t.reason, value: reason }] : []),
        ]}
        onConfirm={() =>
          commit.run({
            policy,
            existing,
            ...(needsReason ? { reason: reason.trim() } : {}),
            ...(read.length > 0 ? { acknowledge: [...read] } : {}),
          })
        }
        onCancel={() => {
          commit.clear();
          setAsking(false);
        }}
      />
    </section>
  );
}

/** What would happen, in numbers and sentences. */
export function Follows({
  consequences: { rows, effects, follows, sameRows, asOf },
}: {
  consequences: Consequences;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  return (
    <>
      <Descriptions
        title={t.counts}
        bordered
        size="small"
        column={{ xs: 1, sm: 2, lg: 3 }}
        items={[
          { key: 'created', label: t.createdRows, children: rows.created },
          { key: 'updated', label: t.updatedRows, children: rows.updated },
          { key: 'unchanged', label: t.unchangedRows, children: rows.unchanged },
          { key: 'skipped', label: t.skippedRows, children: rows.skipped },
          { key: 'failed', label: t.failedRows, children: rows.failed },
          { key: 'ignored', label: t.ignored2, children: rows.ignored },
        ]}
      />
      <p className="hint">
        {t.asOf} <DateText value={asOf} />
      </p>
      {follows.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="import-alert"
          title={t.follows}
          description={
            <ul>
              {follows.map((one) => (
                <li key={one.code}>
                  {word(one)}：<strong>{one.count}</strong> {t.of[one.of]}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {effects.length > 0 && (
        <>
          <h2 className="section-title">{t.rowEffects}</h2>
          <ul>
            {effects.map((one) => (
              <li key={one.code}>
                {word(one)}：<strong>{one.rows}</strong> {t.rows}
              </li>
            ))}
          </ul>
        </>
      )}
      {sameRows.map((one) => (
        <Alert
          key={one.importId}
          type="warning"
          showIcon
          className="import-alert"
          title={<Link to={`/imports/${one.importId}`}>{t.sameRows(one.rows, one.fileName)}</Link>}
        />
      ))}
    </>
  );
}
