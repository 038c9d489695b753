import { PrinterOutlined, RedoOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { PageProblem } from '../../../shared/components/page-problem';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { Status } from '../../../shared/components/status';
import { PersonalData } from '../../../shared/components/watermark';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ACT_TYPE_WORDS } from '../../../shared/words/bodies';
import { DecisionBoard, Verdict, type Decision } from '../decision';
import { texts } from '../texts';
import { Via } from '../via';

/** One recorded check: what was asked, what was answered, and the answer again from the facts of then. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const mayReplay = useMay('duty.check');
  const check = useQuery({
    queryKey: ['duty', 'checks', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/duty/checks/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });
  const [replayed, setReplayed] = useState<View<'DutyReplayView'> | null>(null);
  const replay = useCommand({
    run: (of: string) => body(api.POST('/api/v1/duty/checks/{id}/replay', { params: { path: { id: of } } })),
    done: setReplayed,
  });
  const wantsPrint = params.get('print') === '1' && check.data !== undefined;
  useEffect(() => {
    if (!wantsPrint) return undefined;
    const timer = setTimeout(() => window.print(), 300);
    return () => clearTimeout(timer);
  }, [wantsPrint]);
  if (check.error) return <PageProblem error={check.error} onRetry={() => void check.refetch()} />;
  if (!check.data) return <PageSkeleton />;
  const { subjectId, subjectName, matterName, actType, request, decision, decidedByName, decidedAt } = check.data;
  const actWord = ACT_TYPE_WORDS[actType];
  return (
    <>
      <PageHeader
        title={`${t.slipTitle}`}
        status={<Status kind={decision.cleared ? 'ok' : 'stop'}>{decision.cleared ? t.cleared : t.refused}</Status>}
        extra={
          <>
            {mayReplay && (
              <Button icon={<RedoOutlined />} loading={replay.busy} onClick={() => replay.run(id)}>
                {t.replay}
              </Button>
            )}
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t.slip}
            </Button>
          </>
        }
      />
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
                children: <Link to={`/subjects/${subjectId}`}>{subjectName}</Link>,
              },
              {
                key: 'matter',
                label: t.matter,
                children: `${matterName}${actWord ? `（${word(actWord)}）` : ''}`,
              },
              {
                key: 'span',
                label: t.span,
                children: (
                  <>
                    <DateText value={request.from} /> – <DateText value={request.to} />
                  </>
                ),
              },
              { key: 'area', label: t.area, children: request.divisionCode ?? '–' },
              { key: 'at', label: t.decidedAt, children: <DateText value={decidedAt} /> },
              { key: 'by', label: t.by, children: decidedByName ?? '–' },
              { key: 'via', label: t.via, children: <Via bare via={decision.via} subjectId={subjectId} /> },
              { key: 'no', label: t.recordNo, children: <span className="code slip-no">{id}</span> },
            ]}
          />
          <div className="duty-section">
            <DecisionBoard decision={decision} />
          </div>
          <p className="print-only slip-sign">{t.slipSign}</p>
        </section>
      </PersonalData>
      <ProblemAlert error={replay.problem} />
      {replayed && <Replay replay={replayed} />}
    </>
  );
}

function Replay({ replay }: { replay: View<'DutyReplayView'> }): ReactNode {
  const t = useTexts(texts);
  const now = replay.fromTodaysKnowledge;
  const same = JSON.stringify(outcome(now)) === JSON.stringify(outcome(replay.original));
  return (
    <section className="panel duty-section no-print" aria-label={t.replay}>
      <h2 className="section-title">{t.replay}</h2>
      <p className="hint">{t.replayLead}</p>
      <Alert
        showIcon
        role="status"
        type={replay.reproduced ? 'success' : 'error'}
        title={replay.reproduced ? t.reproduced : t.notReproduced}
      />
      <div className="replay-columns duty-section">
        <div>
          <h3>{t.fromFacts}</h3>
          <Verdict decision={replay.fromStoredFacts} />
        </div>
        <div>
          <h3>
            {t.fromToday} <Status kind={same ? 'ok' : 'limited'}>{same ? t.sameAsThen : t.differs}</Status>
          </h3>
          <DecisionBoard decision={now} />
        </div>
      </div>
    </section>
  );
}

/** What of two answers is compared: who is cleared and why not. */
const outcome = (decision: Decision): unknown => [
  decision.cleared,
  decision.subjectReasons.map(({ code }) => code),
  decision.members.map(({ officerId, reasons }) => [officerId, reasons.map(({ code }) => code)]),
];
