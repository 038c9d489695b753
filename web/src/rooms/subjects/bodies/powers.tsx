import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Empty, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { useMay } from '../../../shared/api/session';
import { ConfirmDanger } from '../../../shared/components/confirm-danger';
import { MatterSelect } from '../../../shared/components/matter-select';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { ReasonsList } from '../../../shared/components/reasons-list';
import { Status } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { addDays, today } from '../../../shared/lib/dates';
import { ACT_TYPE_WORDS } from '../../../shared/words/bodies';
import { BasisFields, BasisText, type Basis } from '../basis-fields';
import { everyPage } from '../every-page';
import { texts } from '../texts';

type Subject = View<'SubjectDetailView'>;
type Power = View<'PowerView'>;
const MAY_HOLD = ['ADMIN_ORGAN', 'DISPATCHED_ORGAN', 'AUTHORIZED_ORG'];

/** What the body may do of its own, by act type. */
export function Powers({ subject }: { subject: Subject }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const mayWrite = useMay('subject.write');
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Power | null>(null);
  const found = useQuery({
    queryKey: ['subjects', subject.id, 'powers'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        body(
          api.GET('/api/v1/subjects/{id}/powers', {
            params: {
              path: { id: subject.id },
              query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
            },
            signal,
          }),
        ),
      ),
  });
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton rows={4} />;
  const groups = Object.entries(ACT_TYPE_WORDS)
    .map(([actType, name]) => ({ actType, name, powers: found.data.filter((power) => power.actType === actType) }))
    .filter(({ powers }) => powers.length > 0);
  const mayHold = MAY_HOLD.includes(subject.kind);
  return (
    <section className="panel">
      <div className="chain-bar">
        <h2 className="section-title">{t.tabs.powers}</h2>
        <span className="grow" />
        {mayWrite && mayHold && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t.powers.add}
          </Button>
        )}
      </div>
      {groups.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={mayHold ? t.powers.none : t.powers.noneDelegated} />
      )}
      {groups.map(({ actType, name, powers }) => (
        <div key={actType} className="power-group">
          <h3>
            {word(name)} <span className="hint">{t.powers.count(powers.length)}</span>
          </h3>
          <table className="power-table">
            <thead>
              <tr>
                <th scope="col">{t.powers.matter}</th>
                <th scope="col">{t.powers.basis}</th>
                <th scope="col">{t.powers.area}</th>
                <th scope="col">{t.powers.validity}</th>
                <th scope="col" aria-label={t.powers.end} />
              </tr>
            </thead>
            <tbody>
              {powers.map((power) => (
                <tr key={power.id}>
                  <td>
                    {power.matterName} <span className="hint code">{power.matterCode}</span>
                    {power.warnings.length > 0 && <ReasonsList reasons={power.warnings} icon={<span>•</span>} />}
                  </td>
                  <td>
                    <BasisText basis={power.legalBasis} />
                  </td>
                  <td className="code">{power.jurisdictionCode}</td>
                  <td>
                    <Validity power={power} />
                  </td>
                  <td>
                    {mayWrite && (power.validTo === null || power.validTo >= today()) && (
                      <Button
                        size="small"
                        danger
                        aria-label={`${t.powers.end} ${power.matterName}`}
                        onClick={() => setEnding(power)}
                      >
                        {t.powers.end}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
      {adding && <AddPower subject={subject} onClose={() => setAdding(false)} />}
      {ending && <EndPower power={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function Validity({ power: { validFrom, validTo } }: { power: Power }): ReactNode {
  const t = useTexts(texts);
  const now = today();
  const words = <span className="code">{`${validFrom} – ${validTo ?? t.noEnd}`}</span>;
  if (validTo !== null && validTo < now)
    return (
      <>
        {words} <Status kind="over">{t.powers.over}</Status>
      </>
    );
  if (validFrom > now)
    return (
      <>
        {words} <Status kind="pending">{t.powers.notYet}</Status>
      </>
    );
  return (
    <>
      {words} <Status kind={validTo !== null && validTo <= addDays(now, 90) ? 'soon' : 'ok'}>{t.powers.inForce}</Status>
    </>
  );
}

interface GivenPower {
  readonly matterCode: string;
  readonly jurisdictionCode: string;
  readonly legalBasis: Basis;
  readonly validFrom: Dayjs;
  readonly validTo?: Dayjs | null;
}

function AddPower({ subject, onClose }: { subject: Subject; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [form] = Form.useForm<GivenPower>();
  const add = useCommand({
    run: (given: View<'GrantPowerDto'>, key) =>
      body(
        api.POST('/api/v1/subjects/{id}/powers', {
          params: { path: { id: subject.id } },
          body: given,
          headers: idempotent(key),
        }),
      ),
    refresh: [['subjects'], ['duty']],
    done: () => {
      void message.success(t.powers.done);
      onClose();
    },
  });
  const required = [{ required: true, message: t.form.required }];
  return (
    <Modal
      open
      width={720}
      title={`${t.powers.addTitle}：${subject.name}`}
      okText={t.powers.add}
      onOk={() => form.submit()}
      okButtonProps={{ loading: add.busy }}
      onCancel={onClose}
    >
      <ProblemAlert error={add.problem} />
      <Form<GivenPower>
        form={form}
        layout="vertical"
        initialValues={{ jurisdictionCode: subject.divisionCode }}
        onFinish={({ validFrom, validTo, ...given }) =>
          add.run({
            ...given,
            validFrom: validFrom.format('YYYY-MM-DD'),
            ...(validTo ? { validTo: validTo.format('YYYY-MM-DD') } : {}),
          })
        }
      >
        <div className="form-grid">
          <Form.Item name="matterCode" label={t.powers.matter} rules={required}>
            <MatterSelect />
          </Form.Item>
          <Form.Item
            name="jurisdictionCode"
            label={t.powers.area}
            rules={[{ required: true, pattern: /^\d{6}(\d{3}){0,2}$/, message: t.form.divisionHint }]}
          >
            <Input maxLength={12} inputMode="numeric" />
          </Form.Item>
          <BasisFields name={['legalBasis']} />
          <Form.Item name="validFrom" label={t.powers.validFrom} rules={required}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="validTo" label={t.powers.validTo}>
            <DatePicker />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}

function EndPower({ power, onClose }: { power: Power; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [lastDay, setLastDay] = useState<string>(today());
  const [reason, setReason] = useState('');
  const end = useCommand({
    run: (given: View<'EndPowerDto'>, key) =>
      body(
        api.POST('/api/v1/subjects/{id}/powers/{powerId}/end', {
          params: { path: { id: power.subjectId, powerId: power.id } },
          body: given,
          headers: idempotent(key),
        }),
      ),
    refresh: [['subjects'], ['duty']],
    done: () => {
      void message.success(t.powers.ended);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      title={t.powers.endTitle}
      confirm={t.powers.endOk}
      consequence={t.powers.endEffect}
      answers={[
        { label: t.powers.matter, value: power.matterName },
        { label: t.powers.basis, value: `《${power.legalBasis.title}》${power.legalBasis.article}` },
      ]}
      typed={power.matterCode}
      filled={reason.trim() !== ''}
      busy={end.busy}
      error={end.problem}
      onConfirm={() => end.run({ validTo: lastDay, reason: reason.trim() })}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{t.powers.lastDay}</span>
        <DatePicker
          allowClear={false}
          value={dayjs(lastDay)}
          onChange={(date) => setLastDay(date?.format('YYYY-MM-DD') ?? lastDay)}
        />
      </label>
      <label className="typed">
        <span>{t.reason}</span>
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
