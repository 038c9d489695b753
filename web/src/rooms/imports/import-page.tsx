import { Alert, Button, Steps } from 'antd';
import type { ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { StatusOf } from '../../shared/components/status';
import { useKeys } from '../../shared/hooks/use-keys';
import { usePhone } from '../../shared/hooks/use-phone';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { Batch } from './batch';
import { BatchButtons } from './batch-buttons';
import { CheckStep } from './check-step';
import { ConfirmStep } from './confirm-step';
import './imports.css';
import { kindName, OVER, RUNNING, type Import } from './kinds';
import { LayoutStep } from './layout-step';
import { MappingStep } from './mapping-step';
import { CancelImport, RunningPanel } from './progress';
import { STATUS_WORDS } from './states';
import { useStepItems } from './step-items';
import { texts } from './texts';
import { useImport } from './use-import';

const STEPS = ['file', 'layout', 'mapping', 'check', 'confirm'] as const;
type Step = (typeof STEPS)[number];

/** The screen of a status, and those that one may go to while it stands. */
function stepsOf({ status, headings }: Import): { now: Step; open: readonly Step[] } {
  if (status === 'NEEDS_MAPPING') {
    const readable = headings.length > 0;
    return readable ? { now: 'mapping', open: ['layout', 'mapping'] } : { now: 'layout', open: ['layout'] };
  }
  if (status === 'VALIDATED') return { now: 'check', open: ['layout', 'mapping', 'check', 'confirm'] };
  if (status === 'VALIDATING') return { now: 'check', open: [] };
  if (status === 'COMMITTING') return { now: 'confirm', open: [] };
  return { now: 'layout', open: [] };
}

/** P11 and P12: the screen follows from what the server says about the import, so that a reload goes on where it was. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const found = useImport(id);
  if (found.data) return <Page record={found.data} />;
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  return <PageSkeleton />;
}

function Page({ record }: { record: Import }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const over = OVER.includes(record.status);
  const running = RUNNING.includes(record.status);
  return (
    <>
      <PageHeader
        title={record.fileName}
        status={<StatusOf value={record.status} of={STATUS_WORDS} />}
        extra={
          <>
            <BatchButtons record={record} />
            {!over && !running && <CancelImport of={record} />}
          </>
        }
      >
        {[word(kindName(record.kind)), t.roundOf(record.round), record.owner.name, record.startedBy.name]
          .filter((part) => part !== '')
          .join(' · ')}
      </PageHeader>
      <StoppedBy record={record} />
      {over ? <Batch record={record} /> : <Wizard record={record} />}
    </>
  );
}

/** Why the server stopped: what is wrong with the file or which rows could not be written, and that the rest is safe. */
function StoppedBy({ record: { problem, status, notes } }: { record: Import }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  return (
    <>
      {problem !== null && (
        <Alert
          type="error"
          showIcon
          className="import-alert"
          title={`${word({ zh: problem.detail, en: problem.detailEn ?? problem.detail })}`}
          description={
            <>
              {problem.location && (
                <div>
                  {t.where}{' '}
                  {Object.entries(problem.location)
                    .map(([what, at]) => `${what} ${String(at)}`)
                    .join(' · ')}
                </div>
              )}
              {status !== 'NEEDS_MAPPING' && <div>{t.problemSafe}</div>}
            </>
          }
        />
      )}
      {notes.map(({ code, detail }) => (
        <Alert key={code} type="info" showIcon className="import-alert" title={detail} />
      ))}
    </>
  );
}

function Wizard({ record }: { record: Import }): ReactNode {
  const t = useTexts(texts);
  const phone = usePhone();
  const items = useStepItems();
  const [params, setParams] = useSearchParams();
  const { now, open } = stepsOf(record);
  const asked = STEPS.find((step) => step === params.get('step'));
  const step = asked !== undefined && open.includes(asked) ? asked : now;
  const at = STEPS.indexOf(step);
  const go = (to: Step | undefined): void => {
    if (to !== undefined && open.includes(to)) setParams(to === now ? {} : { step: to });
  };
  useKeys({ 'Alt+ArrowLeft': () => go(STEPS[at - 1]), 'Alt+ArrowRight': () => go(STEPS[at + 1]) });
  // Whatever the server does next decides the screen.
  const anew = (): void => setParams({}, { replace: true });
  return (
    <>
      <Steps
        size="small"
        current={at}
        className="import-steps"
        items={items.map((item, index) => ({ ...item, disabled: !open.includes(STEPS[index] ?? 'file') }))}
        onChange={(index) => go(STEPS[index])}
      />
      {RUNNING.includes(record.status) ? (
        <RunningPanel of={record} />
      ) : (
        <>
          {phone && step !== 'confirm' && (
            <Alert
              type="info"
              showIcon
              className="import-alert"
              title={t.phone}
              action={open.includes('confirm') && <Button onClick={() => go('confirm')}>{t.step5}</Button>}
            />
          )}
          {step === 'layout' && (
            <LayoutStep key={record.version} record={record} onSent={anew} onNext={() => go('mapping')} />
          )}
          {step === 'mapping' && (
            <MappingStep key={record.version} record={record} onSent={anew} onBack={() => go('layout')} />
          )}
          {step === 'check' && <CheckStep record={record} onNext={() => go('confirm')} />}
          {step === 'confirm' && <ConfirmStep record={record} onSent={anew} onBack={() => go('check')} />}
        </>
      )}
    </>
  );
}
