import { Alert, Button, Typography } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { asProblem, type ApiProblem } from '../api/problem';
import { useTexts } from '../i18n/dictionary';
import { useLanguage } from '../i18n/language';
import { problemTexts } from './problem-texts';
import { ReasonsList } from './reasons-list';

/** One sentence for a problem in the chosen language. */
export function useProblemSentence(): (error: unknown) => string {
  const t = useTexts(problemTexts);
  const language = useLanguage();
  return (error) => {
    const problem = asProblem(error);
    const codes: Readonly<Record<string, string>> = t.codes;
    const known = codes[problem.code];
    if (known !== undefined) return known;
    if (language === 'en' && problem.detail !== '') return problem.detail;
    if (problem.status === 400) return t.byStatus.invalid;
    if (problem.status === 409) return t.byStatus.conflict;
    if (problem.status === 422)
      return problem.reasons.length > 0 ? t.byStatus.refused : `${t.byStatus.refused}（${problem.code}）`;
    if (problem.status === 429) return t.codes.TOO_MANY_REQUESTS;
    if (problem.status === 401) return t.codes.NOT_SIGNED_IN;
    if (problem.status === 403) return t.codes.FORBIDDEN;
    if (problem.status === 404) return t.codes.NOT_FOUND;
    if (problem.status === 412) return t.codes.VERSION_STALE;
    return t.byStatus.server;
  };
}

/**
 * What failed, what is safe, what to do; the rules that refused; the fields to correct; the trace id to pass on.
 * Takes the focus when it appears, so that a screen reader says it.
 */
export function ProblemAlert({
  error,
  onRetry,
  title,
}: {
  error: unknown;
  onRetry?: () => void;
  /** Instead of the sentence for the code. */
  title?: ReactNode;
}): ReactNode {
  const t = useTexts(problemTexts);
  const sentence = useProblemSentence();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [error]);
  if (error === null || error === undefined) return null;
  const problem: ApiProblem = asProblem(error);
  const hasMore = problem.reasons.length > 0 || problem.errors.length > 0 || problem.traceId !== null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className="problem" data-code={problem.code}>
      <Alert
        type={problem.status === 422 || problem.status === 409 || problem.status === 412 ? 'warning' : 'error'}
        showIcon
        title={title ?? sentence(error)}
        description={
          hasMore ? (
            <>
              {problem.reasons.length > 0 && <ReasonsList reasons={problem.reasons} />}
              {problem.errors.length > 0 && (
                <>
                  <div>{t.fields}</div>
                  <ul className="field-errors">
                    {problem.errors.map(({ pointer, detail }, at) => (
                      <li key={`${pointer}-${at}`}>
                        <code>{pointer}</code> {detail}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {problem.traceId !== null && (problem.status >= 500 || problem.status === 0) && (
                <div className="trace">
                  {t.traceId} <Typography.Text copyable={{ text: problem.traceId }}>{problem.traceId}</Typography.Text>
                </div>
              )}
            </>
          ) : undefined
        }
        action={
          onRetry ? (
            <Button size="small" onClick={onRetry}>
              {t.retry}
            </Button>
          ) : undefined
        }
      />
    </div>
  );
}
