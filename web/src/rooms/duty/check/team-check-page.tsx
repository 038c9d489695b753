import { PrinterOutlined, SafetyCertificateOutlined, SendOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Flex, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { isProblem } from '../../../shared/api/problem';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { Status } from '../../../shared/components/status';
import { useKeys } from '../../../shared/hooks/use-keys';
import { useTexts } from '../../../shared/i18n/dictionary';
import { DecisionBoard, type Decision } from '../decision';
import { Via } from '../via';
import { texts } from '../texts';
import { MemberPicker } from './member-picker';
import { asked, isComplete, SPANS, type Person, type Question } from './question';
import { QuestionForm } from './question-form';
import { Substitutes } from './substitutes';

type Asked = Omit<View<'CreateDeploymentDto'>, 'title'>;

/** An answer and the question it belongs to. */
interface Answer {
  readonly asked: Asked;
  readonly decision: Decision;
  readonly checkId: string | undefined;
}

/** May this team go? The question on the left, the board on the right; on a phone one below the other. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [question, setQuestion] = useState<Question>(() => {
    const [from, to] = SPANS.nowHours();
    return {
      subjectId: params.get('subject') ?? undefined,
      matterCode: params.get('matter') ?? undefined,
      division: params.get('division') ?? '',
      from: params.get('from') ?? from,
      to: params.get('to') ?? to,
    };
  });
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const change = (next: Partial<Question>): void => {
    const all = { ...question, ...next };
    setQuestion(all);
    setParams(
      Object.entries({
        subject: all.subjectId ?? '',
        matter: all.matterCode ?? '',
        division: all.division,
        from: all.from,
        to: all.to,
      }).filter(([, value]) => value !== ''),
      { replace: true, preventScrollReset: true },
    );
  };
  const current = isComplete(question) && people.length > 0 ? asked(question, people) : null;
  const check = useCommand({
    run: ({ of, record }: { of: Asked; record: boolean }, key) =>
      body(api.POST('/api/v1/duty/checks', { body: { ...of, record }, headers: idempotent(key) })),
    refresh: [['duty', 'checks']],
    done: ({ checkId, ...decision }, { of }) => {
      setAnswer({ asked: of, decision, checkId });
      requestAnimationFrame(() => document.getElementById('board')?.scrollIntoView({ block: 'start' }));
    },
  });
  const run = (record: boolean): void => {
    if (current) check.run({ of: current, record });
  };
  useKeys({ 'Ctrl+Enter': () => run(true) });
  const stale = answer !== null && JSON.stringify(answer.asked) !== JSON.stringify(current);
  const unfit = answer?.decision.members.filter(({ cleared }) => !cleared) ?? [];
  const needsMore = answer !== null && !answer.decision.cleared && answer.decision.subjectReasons.length === 0;
  return (
    <>
      <PageHeader extra={<Link to="/duty/checks">{t.allChecks}</Link>} />
      <div className="team-check">
        <section className="panel ask" aria-label={t.question}>
          <form
            className="ask-form"
            onSubmit={(event) => {
              event.preventDefault();
              run(true);
            }}
          >
            <QuestionForm question={question} onChange={change} />
            <MemberPicker subjectId={question.subjectId} people={people} onChange={setPeople} />
            <ProblemAlert error={check.problem} />
            <Flex gap="small" className="ask-actions">
              <Button
                type="primary"
                htmlType="submit"
                icon={<SafetyCertificateOutlined />}
                disabled={current === null}
                loading={check.busy}
              >
                {t.check}
              </Button>
              <Button disabled={current === null || check.busy} onClick={() => run(false)}>
                {t.lookUpOnly}
              </Button>
            </Flex>
          </form>
        </section>
        <section id="board" className="board" aria-label={t.result}>
          {answer === null ? (
            <Recent />
          ) : (
            <>
              {stale && <Alert type="warning" showIcon title={t.stale} className="problem" role="status" />}
              <div className={stale ? 'stale-board' : ''}>
                <h1 className="print-only">{t.slipTitle}</h1>
                <DecisionBoard
                  decision={answer.decision}
                  verdictActions={
                    answer.checkId !== undefined && (
                      <Button
                        icon={<PrinterOutlined />}
                        onClick={() => void navigate(`/duty/checks/${answer.checkId}?print=1`)}
                      >
                        {t.slip}
                      </Button>
                    )
                  }
                  memberActions={(member) =>
                    member.cleared || member.officerId === null ? null : (
                      <Button
                        size="small"
                        onClick={() => setPeople(people.filter(({ officerId }) => officerId !== member.officerId))}
                      >
                        {t.removeMember}
                      </Button>
                    )
                  }
                />
                <div className="board-facts">
                  <Via via={answer.decision.via} subjectId={answer.asked.subjectId} />
                  <span>
                    {t.decidedAt} <DateText value={answer.decision.decidedAt} />
                  </span>
                  {answer.checkId === undefined ? (
                    <span>{t.notRecorded}</span>
                  ) : (
                    <span>
                      {t.recordNo} <Link to={`/duty/checks/${answer.checkId}`}>{answer.checkId.slice(-12)}</Link>
                    </span>
                  )}
                </div>
              </div>
              {answer.decision.cleared && !stale && (
                <Deploy
                  of={answer.asked}
                  onRefused={(decision) => setAnswer({ asked: answer.asked, decision, checkId: undefined })}
                />
              )}
              {needsMore && isComplete(question) && (
                <Substitutes
                  asked={answer.asked}
                  people={people}
                  unfit={unfit.filter(({ officerId }) => people.some((person) => person.officerId === officerId))}
                  onReplace={(officerId, by) =>
                    setPeople(people.map((person) => (person.officerId === officerId ? by : person)))
                  }
                  onAdd={(person) => setPeople([...people, person])}
                />
              )}
            </>
          )}
        </section>
      </div>
    </>
  );
}

function Deploy({ of, onRefused }: { of: Asked; onRefused: (decision: Decision) => void }): ReactNode {
  const t = useTexts(texts);
  const may = useMay('duty.deploy');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [title, setTitle] = useState('');
  const create = useCommand({
    run: (name: string, key) =>
      body(api.POST('/api/v1/duty/deployments', { body: { ...of, title: name }, headers: idempotent(key) })),
    refresh: [['duty', 'deployments']],
    done: ({ id }) => void navigate(`/duty/deployments/${id}`),
  });
  if (!may) return null;
  return (
    <form
      className="deploy-bar no-print"
      onSubmit={(event) => {
        event.preventDefault();
        create.runAndWait(title.trim()).catch((problem: unknown) => {
          if (!isProblem(problem, 'NOT_CLEARED')) return;
          void message.warning(t.deployRefused, 8);
          onRefused(problem.extensions['decision'] as Decision);
        });
      }}
    >
      <div className="ask-field">
        <label htmlFor="deploy-title">{t.deployTitle}</label>
        <Input
          id="deploy-title"
          value={title}
          maxLength={200}
          placeholder={t.deployHint}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <Button
        type="primary"
        htmlType="submit"
        icon={<SendOutlined />}
        disabled={title.trim() === ''}
        loading={create.busy}
      >
        {t.deploy}
      </Button>
      <ProblemAlert error={create.problem} />
    </form>
  );
}

/** Before the first answer: what was checked lately. */
function Recent(): ReactNode {
  const t = useTexts(texts);
  const recent = useQuery({
    queryKey: ['duty', 'checks', 'recent'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/duty/checks', { params: { query: { sort: '-id', limit: 6 } }, signal })),
  });
  return (
    <div className="panel">
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          <>
            <strong>{t.emptyTitle}</strong>
            <br />
            {t.emptyHint}
          </>
        }
      />
      {(recent.data?.items.length ?? 0) > 0 && (
        <>
          <h2 className="section-title">{t.recent}</h2>
          <ul className="recent-checks">
            {recent.data?.items.map(({ id, subjectName, matterName, cleared, decidedAt, memberCount }) => (
              <li key={id}>
                <Status kind={cleared ? 'ok' : 'stop'}>{cleared ? t.cleared : t.refused}</Status>
                <Link to={`/duty/checks/${id}`}>{`${subjectName} · ${matterName}`}</Link>
                <span className="hint">{t.memberCount(memberCount)}</span>
                <DateText value={decidedAt} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
