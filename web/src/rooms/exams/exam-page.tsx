import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Empty, Steps, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, body, download, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useMay } from '../../shared/api/session';
import { Chart } from '../../shared/components/chart';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { OfficerPicker, type PickedOfficer } from '../../shared/components/officer-picker';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { useTexts } from '../../shared/i18n/dictionary';
import { Candidates, Results } from './exam-lists';
import { NewExam } from './new-exam';
import { usePaperName } from './paper-name';
import { EXAM_STATE_WORDS, texts } from './texts';

type Exam = View<'ExamDetailView'>;

/** P9: one exam from registration to release. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const paperName = usePaperName();
  const [params, setParams] = useSearchParams();
  const found = useQuery({
    queryKey: ['exams', id],
    queryFn: () => body(api.GET('/api/v1/exams/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const exam = found.data;
  return (
    <>
      <PageHeader
        title={exam.title}
        status={<StatusOf value={exam.status} of={EXAM_STATE_WORDS} />}
        extra={<Buttons exam={exam} />}
      >
        {[exam.heldOn, exam.ownerSubject.name, exam.papers.map(paperName).join('、')].join(' · ')}
      </PageHeader>
      <Progress exam={exam} />
      <Tabs
        activeKey={params.get('tab') ?? 'candidates'}
        destroyOnHidden
        onChange={(key) => setParams(key === 'candidates' ? {} : { tab: key }, { replace: true })}
        items={[
          { key: 'candidates', label: t.tabs.candidates, children: <Candidates exam={exam} /> },
          { key: 'results', label: t.tabs.results, children: <Results exam={exam} /> },
          { key: 'statistics', label: t.tabs.statistics, children: <Statistics exam={exam} /> },
        ]}
      />
    </>
  );
}

/** 报名→成绩→复核→公布, the counts, and what comes next. */
function Progress({ exam: { status, counts } }: { exam: Exam }): ReactNode {
  const t = useTexts(texts);
  const at = status === 'RELEASED' ? 3 : counts.registered === 0 ? 0 : counts.missing > 0 ? 1 : 2;
  const next = [t.nextRegister, t.nextResults(counts.missing), t.nextRelease][at];
  return (
    <div className="exam-progress">
      <Steps
        size="small"
        current={at}
        items={[
          { title: t.steps.open, content: `${t.registered} ${counts.registered}` },
          { title: t.steps.results, content: `${t.recorded} ${counts.recorded} / ${counts.papers}` },
          { title: t.steps.release, content: `${t.passed} ${counts.passed}` },
          { title: t.steps.done },
        ]}
      />
      {next !== undefined && <p className="hint">{t.next(next)}</p>}
    </div>
  );
}

function Buttons({ exam }: { exam: Exam }): ReactNode {
  const t = useTexts(texts);
  const mayWrite = useMay('exam.write');
  const mayImport = useMay('import.exam-results');
  const mayRelease = useMay('exam.release');
  const [open, setOpen] = useState<'register' | 'release' | 'resit' | null>(null);
  const sheet = useCommand({
    run: () => download(`/api/v1/exams/${exam.id}/results-sheet.xlsx`, `${exam.title}.xlsx`),
  });
  const isOpen = exam.status === 'OPEN';
  const close = (): void => setOpen(null);
  return (
    <>
      {isOpen && mayWrite && (
        <>
          <Button onClick={() => setOpen('register')}>{t.register}</Button>
          <Button
            icon={<DownloadOutlined />}
            loading={sheet.busy}
            disabled={exam.counts.registered === 0}
            onClick={() => sheet.run(undefined)}
          >
            {t.sheet}
          </Button>
        </>
      )}
      {isOpen && mayImport && (
        <Link to={`/imports/new?kind=EXAM_RESULTS&examId=${exam.id}`}>
          <Button type="primary">{t.importResults}</Button>
        </Link>
      )}
      {mayRelease && exam.commands.includes('release') && (
        <Button disabled={exam.counts.recorded === 0} onClick={() => setOpen('release')}>
          {t.release}
        </Button>
      )}
      {!isOpen && mayWrite && exam.resitOf === null && <Button onClick={() => setOpen('resit')}>{t.resit}</Button>}
      {open === 'register' && <Register exam={exam} onClose={close} />}
      <Release exam={exam} open={open === 'release'} onClose={close} />
      {open === 'resit' && <NewExam resitOf={exam} onClose={close} />}
    </>
  );
}

function Register({ exam, onClose }: { exam: Exam; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const register = useCommand({
    run: (officers: readonly PickedOfficer[], key) =>
      body(
        api.POST('/api/v1/exams/{id}/registrations', {
          params: { path: { id: exam.id } },
          headers: idempotent(key),
          body: { officerIds: officers.map(({ id }) => id) },
        }),
      ),
    refresh: [['exams']],
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
      title={`${t.register}：${exam.title}`}
      action={t.registerCount}
      busy={register.busy}
      onPick={register.run}
      onCancel={onClose}
    >
      <ProblemAlert error={register.problem} />
      <Outcomes of={outcomes} />
    </OfficerPicker>
  );
}

function Release({ exam, open, onClose }: { exam: Exam; open: boolean; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const release = useCommand({
    run: (_: null, key) =>
      body(api.POST('/api/v1/exams/{id}/release', { params: { path: { id: exam.id } }, headers: idempotent(key) })),
    refresh: [['exams'], ['officers']],
    done: () => {
      void message.success(t.released);
      onClose();
    },
  });
  const { counts } = exam;
  return (
    <ConfirmDanger
      open={open}
      title={t.release}
      confirm={t.release}
      consequence={t.releaseFollows}
      typed={counts.recorded}
      busy={release.busy}
      error={release.problem}
      answers={[
        { label: t.title, value: exam.title },
        { label: t.recorded, value: `${counts.recorded} / ${counts.papers}` },
        { label: t.passed, value: counts.passed },
        { label: t.absent, value: counts.absent },
        { label: t.void, value: counts.void },
      ]}
      onConfirm={() => release.run(null)}
      onCancel={() => {
        release.clear();
        onClose();
      }}
    />
  );
}

/** Outcomes in one picture; each figure opens its list. */
function Statistics({ exam: { id, counts } }: { exam: Exam }): ReactNode {
  const t = useTexts(texts);
  if (counts.recorded === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noStatistics} />;
  const list = (query: string): string => `/exams/${id}?tab=results&${query}`;
  const failed = counts.recorded - counts.passed - counts.absent - counts.void;
  const rows = [
    { label: t.passed, values: [counts.passed], to: list('passed=true'), color: '#237804' },
    { label: t.failed, values: [failed], to: list('passed=false&outcome=SCORED'), color: '#ad4e00' },
    { label: t.absent, values: [counts.absent], to: list('outcome=ABSENT'), color: '#5a6472' },
    { label: t.void, values: [counts.void], to: list('outcome=VOID'), color: '#b3261e' },
  ];
  const sat = counts.recorded - counts.absent;
  return (
    <Chart
      title={`${t.outcomesOf} · ${t.passRate(sat === 0 ? '–' : `${Math.round((counts.passed / sat) * 1000) / 10}%`)}`}
      series={[t.people]}
      rows={rows}
      option={{
        grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
        xAxis: { type: 'value' },
        yAxis: { type: 'category', inverse: true, data: rows.map(({ label }) => label) },
        series: [
          {
            type: 'bar',
            label: { show: true, position: 'right' },
            data: rows.map(({ values: [value = 0], color }) => ({ value, itemStyle: { color } })),
          },
        ],
      }}
    />
  );
}
