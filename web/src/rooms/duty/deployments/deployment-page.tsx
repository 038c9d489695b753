import { CloseCircleFilled, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Collapse, Descriptions } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { isProblem } from '../../../shared/api/problem';
import { ConfirmDanger } from '../../../shared/components/confirm-danger';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { PageProblem } from '../../../shared/components/page-problem';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { Status, StatusOf } from '../../../shared/components/status';
import { PersonalData } from '../../../shared/components/watermark';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ACT_TYPE_WORDS } from '../../../shared/words/bodies';
import { DEPLOYMENT_STATUS_WORDS, recallCauseWord } from '../../../shared/words/duty';
import { DecisionBoard } from '../decision';
import { texts } from '../texts';
import { Via } from '../via';
import { useLiveDeployments } from './live';

type Deployment = View<'DeploymentView'>;
type Command = 'start' | 'complete' | 'cancel';

/** One deployment: who went where on what basis, every decision about it, and the moves that are open. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const d = t.deployments;
  const word = useWord();
  const { id = '' } = useParams();
  useLiveDeployments();
  const found = useQuery({
    queryKey: ['duty', 'deployments', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/duty/deployments/{id}', { params: { path: { id } }, signal })),
  });
  if (found.error) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const deployment = found.data;
  const { recall, decision } = deployment;
  const actWord = ACT_TYPE_WORDS[deployment.actType];
  const latest = recall?.decision ?? decision;
  return (
    <>
      <PageHeader
        title={deployment.title}
        status={<StatusOf value={deployment.status} of={DEPLOYMENT_STATUS_WORDS} />}
        extra={
          <>
            <Moves deployment={deployment} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {d.print}
            </Button>
          </>
        }
      />
      {recall && (
        <section className="recall-band" role="alert" data-testid="recall">
          <h2>
            <CloseCircleFilled aria-hidden /> {d.recallBand}
          </h2>
          <div className="board-facts">
            <span>
              {d.recallAt} <DateText value={recall.at} />
            </span>
            {recall.cause !== null && (
              <span>
                {d.recallCause} <strong>{word(recallCauseWord(recall.cause))}</strong>
              </span>
            )}
          </div>
        </section>
      )}
      <PersonalData>
        <section className="panel">
          <Descriptions
            size="small"
            bordered
            column={{ xs: 1, sm: 1, md: 2 }}
            items={[
              {
                key: 'body',
                label: t.body,
                children: <Link to={`/subjects/${deployment.subjectId}`}>{deployment.subjectName}</Link>,
              },
              {
                key: 'matter',
                label: t.matter,
                children: `${deployment.matterName}${actWord ? `（${word(actWord)}）` : ''}`,
              },
              {
                key: 'span',
                label: d.planned,
                children: (
                  <>
                    <DateText value={deployment.from} /> – <DateText value={deployment.to} />
                  </>
                ),
              },
              { key: 'area', label: t.area, children: deployment.divisionCode ?? '–' },
              {
                key: 'via',
                label: t.via,
                children: <Via bare via={deployment.via} subjectId={deployment.subjectId} text={deployment.viaText} />,
              },
              { key: 'owner', label: d.owner, children: deployment.ownerName ?? '–' },
              { key: 'started', label: d.startedAt, children: <DateText value={deployment.startedAt} /> },
              { key: 'ended', label: d.endedAt, children: <DateText value={deployment.endedAt} /> },
            ]}
          />
          {latest && (
            <div className="duty-section">
              <DecisionBoard decision={latest} />
            </div>
          )}
        </section>
        <section className="panel duty-section">
          <h2 className="section-title">{d.history}</h2>
          <Collapse
            ghost
            items={deployment.decisions.toReversed().map((entry, at) => ({
              key: `${entry.occasion}-${at}`,
              label: (
                <span className="board-facts decision-line">
                  <strong>{d.occasion[entry.occasion as keyof typeof d.occasion] ?? entry.occasion}</strong>
                  <DateText value={entry.decidedAt} />
                  <span>{entry.decidedByName ?? d.system}</span>
                  {entry.cause !== null && <span>{word(recallCauseWord(entry.cause))}</span>}
                  <Status kind={entry.decision.cleared ? 'ok' : 'stop'}>
                    {entry.decision.cleared ? t.cleared : t.refused}
                  </Status>
                </span>
              ),
              children: <DecisionBoard decision={entry.decision} verdict={false} />,
            }))}
          />
        </section>
      </PersonalData>
    </>
  );
}

/** Exactly the moves that the server names. */
function Moves({ deployment }: { deployment: Deployment }): ReactNode {
  const t = useTexts(texts);
  const d = t.deployments;
  const { message } = App.useApp();
  const [cancelling, setCancelling] = useState(false);
  const move = useCommand({
    run: (command: Command, key) => {
      const given = { params: { path: { id: deployment.id } }, headers: idempotent(key) };
      if (command === 'start') return body(api.POST('/api/v1/duty/deployments/{id}/start', given));
      if (command === 'complete') return body(api.POST('/api/v1/duty/deployments/{id}/complete', given));
      return body(api.POST('/api/v1/duty/deployments/{id}/cancel', given));
    },
    refresh: [['duty', 'deployments']],
    done: (_, command) => {
      setCancelling(false);
      void message.success({ start: d.started, complete: d.completed, cancel: d.cancelled }[command]);
    },
  });
  const run = (command: Command): void => {
    move.runAndWait(command).catch((problem: unknown) => {
      if (isProblem(problem, 'NOT_CLEARED')) void message.error(d.startRefused, 8);
    });
  };
  const may = (command: Command): boolean => deployment.commands.includes(command);
  return (
    <>
      {may('start') && (
        <Button type="primary" loading={move.busy} title={d.starting} onClick={() => run('start')}>
          {d.start}
        </Button>
      )}
      {may('complete') && (
        <Button type="primary" loading={move.busy} onClick={() => run('complete')}>
          {d.complete}
        </Button>
      )}
      {may('cancel') && (
        <Button danger onClick={() => setCancelling(true)}>
          {d.cancel}
        </Button>
      )}
      <ConfirmDanger
        open={cancelling}
        title={d.cancelTitle}
        confirm={d.cancelConfirm}
        busy={move.busy}
        error={move.problem}
        answers={[
          { label: d.title, value: deployment.title },
          { label: t.people, value: deployment.members.length },
        ]}
        onConfirm={() => run('cancel')}
        onCancel={() => setCancelling(false)}
      />
      {!cancelling && move.problem && <ProblemAlert error={move.problem} />}
    </>
  );
}
