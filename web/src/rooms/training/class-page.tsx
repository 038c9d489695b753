import { useQuery } from '@tanstack/react-query';
import { App, Button, Descriptions, Flex, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useMay } from '../../shared/api/session';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { OfficerPicker, type PickedOfficer } from '../../shared/components/officer-picker';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { useTexts } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { CLASS_STATE_WORDS, texts } from './texts';

type TrainingClass = View<'TrainingClassView'>;
type Enrolment = View<'EnrolmentView'>;

/** P8: enrol, record attendance, close: then the hours are confirmed. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const mayWrite = useMay('training.write');
  const [enrolling, setEnrolling] = useState(false);
  const [closing, setClosing] = useState(false);
  const found = useQuery({
    queryKey: ['training', 'classes', id],
    queryFn: () => body(api.GET('/api/v1/training-classes/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  const open = it.status === 'OPEN' && mayWrite;
  return (
    <>
      <PageHeader
        title={it.title}
        status={<StatusOf value={it.status} of={CLASS_STATE_WORDS} />}
        extra={
          open && (
            <>
              <Button type="primary" onClick={() => setEnrolling(true)}>
                {t.enrol}
              </Button>
              <Link to={`/imports/new?kind=TRAINING_HOURS&trainingClassId=${id}`}>
                <Button>{t.importHours}</Button>
              </Link>
              <Button danger disabled={it.enrolled === 0} onClick={() => setClosing(true)}>
                {t.close}
              </Button>
            </>
          )
        }
      />
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, sm: 2, lg: 4 }}
        className="facts"
        items={[
          { key: 'period', label: t.period, children: `${it.startsOn} – ${it.endsOn}` },
          { key: 'place', label: t.place, children: it.place },
          { key: 'hours', label: t.hours, children: it.hours },
          {
            key: 'enrolled',
            label: t.enrolled,
            children: it.capacity === null ? it.enrolled : `${it.enrolled} / ${it.capacity}`,
          },
          ...(it.closedAt === null
            ? []
            : [{ key: 'closed', label: t.closedAt, children: <DateText value={it.closedAt} /> }]),
        ]}
      />
      <Roster of={it} editable={open} />
      {enrolling && <Enrol of={it} onClose={() => setEnrolling(false)} />}
      <Close of={it} open={closing} onClose={() => setClosing(false)} />
    </>
  );
}

function Roster({ of, editable }: { of: TrainingClass; editable: boolean }): ReactNode {
  const t = useTexts(texts);
  const [draft, setDraft] = useState<ReadonlyMap<string, number>>(new Map());
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const save = useCommand({
    run: (records: readonly { readonly officerId: string; readonly hours: number }[], key) =>
      body(
        api.POST('/api/v1/training-classes/{id}/attendance', {
          params: { path: { id: of.id } },
          headers: idempotent(key),
          body: { records: [...records] },
        }),
      ),
    refresh: [['training', 'classes']],
    done: ({ items }) => {
      setOutcomes(
        items.map(({ officerId, status, reasons }) => ({
          key: officerId,
          name: names.get(officerId) ?? officerId,
          refused: status === 'REFUSED',
          reasons,
        })),
      );
      setDraft(new Map());
    },
  });
  const set = (row: Enrolment, hours: number | null): void => {
    const next = new Map(draft);
    if (hours === null) next.delete(row.officerId);
    else next.set(row.officerId, hours);
    setDraft(next);
    setNames(new Map(names).set(row.officerId, row.name));
  };
  return (
    <Flex vertical gap="small">
      <ProblemAlert error={save.problem} />
      <Outcomes of={outcomes} />
      <DataTable<Enrolment>
        id="enrolments"
        name={`${of.title} ${t.roster}`}
        personal
        queryKey={['training', 'classes', of.id, 'roster']}
        load={async ({ limit, cursor }, signal) =>
          body(
            api.GET('/api/v1/training-classes/{id}/enrolments', {
              params: { path: { id: of.id }, query: { limit, ...(cursor === undefined ? {} : { cursor }) } },
              signal,
            }),
          )
        }
        rowKey={({ officerId }) => officerId}
        rowName={({ name }) => name}
        toolbar={
          editable && (
            <Button
              type="primary"
              disabled={draft.size === 0}
              loading={save.busy}
              onClick={() => save.run([...draft].map(([officerId, hours]) => ({ officerId, hours })))}
            >
              {t.saveAttendance(draft.size)}
            </Button>
          )
        }
        columns={[
          {
            key: 'name',
            title: t.name,
            render: ({ officerId, name }) => <Link to={`/officers/${officerId}?tab=training`}>{name}</Link>,
            text: ({ name }) => name,
            card: 'title',
          },
          {
            key: 'unit',
            title: t.unit,
            render: ({ subjectName }) => subjectName,
            text: ({ subjectName }) => subjectName,
          },
          {
            key: 'idNumber',
            title: t.idNumber,
            render: ({ idNumber }) => <span className="code">{idNumber}</span>,
            text: ({ idNumber }) => idNumber,
          },
          {
            key: 'attended',
            title: t.attended,
            render: (row) =>
              editable ? (
                <Flex gap={4}>
                  <InputNumber
                    size="small"
                    aria-label={`${row.name} ${t.attended}`}
                    min={0}
                    max={999}
                    step={0.5}
                    value={draft.get(row.officerId) ?? row.hoursAttended}
                    onChange={(hours) => set(row, hours)}
                  />
                  <Button size="small" onClick={() => set(row, of.hours)}>
                    {t.full}
                  </Button>
                </Flex>
              ) : (
                (row.hoursAttended ?? <span className="none">–</span>)
              ),
            text: ({ hoursAttended }) => hoursAttended,
          },
          {
            key: 'confirmed',
            title: t.confirmed,
            align: 'right',
            render: ({ hoursConfirmed }) => hoursConfirmed ?? <span className="none">–</span>,
            text: ({ hoursConfirmed }) => hoursConfirmed,
          },
        ]}
        empty={{ title: t.noRoster }}
      />
    </Flex>
  );
}

function Enrol({ of, onClose }: { of: TrainingClass; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const enrol = useCommand({
    run: (officers: readonly PickedOfficer[], key) =>
      body(
        api.POST('/api/v1/training-classes/{id}/enrolments', {
          params: { path: { id: of.id } },
          headers: idempotent(key),
          body: { officerIds: officers.map(({ id }) => id) },
        }),
      ),
    refresh: [['training']],
    done: ({ items }, officers) =>
      setOutcomes(
        items.map(({ officerId, status, reasons }) => ({
          key: officerId,
          name: officers.find(({ id }) => id === officerId)?.name ?? officerId,
          refused: status === 'REFUSED',
          reasons,
        })),
      ),
  });
  return (
    <OfficerPicker
      title={`${t.enrol}：${of.title}`}
      action={t.enrolCount}
      busy={enrol.busy}
      onPick={enrol.run}
      onCancel={onClose}
    >
      <ProblemAlert error={enrol.problem} />
      <Outcomes of={outcomes} />
    </OfficerPicker>
  );
}

function Close({ of, open, onClose }: { of: TrainingClass; open: boolean; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const close = useCommand({
    run: (_: null, key) =>
      body(
        api.POST('/api/v1/training-classes/{id}/close', {
          params: { path: { id: of.id } },
          headers: idempotent(key),
        }),
      ),
    refresh: [['training'], ['officers']],
    done: () => {
      void message.success(t.closed);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open={open}
      title={t.closeTitle}
      confirm={t.close}
      consequence={t.closeFollows}
      typed={of.enrolled}
      busy={close.busy}
      error={close.problem}
      answers={[
        { label: t.title, value: of.title },
        { label: t.hours, value: of.hours },
        { label: t.enrolled, value: t.people(of.enrolled) },
      ]}
      onConfirm={() => close.run(null)}
      onCancel={onClose}
    />
  );
}
