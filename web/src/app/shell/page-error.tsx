import { Button, Flex, Result, Typography } from 'antd';
import type { ReactNode } from 'react';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { useTexts } from '../../shared/i18n/dictionary';
import { asProblem } from '../../shared/api/problem';
import { shellTexts } from '../texts';
import { NotFound } from './not-found';

/** A page that an older version of the product announced is gone after an update. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|Importing a module script failed|preload/i.test(error.message);

/** Catches whatever a page throws. The data are safe: pages only show and ask. */
export function PageError(): ReactNode {
  const t = useTexts(shellTexts);
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const outdated = isOutdated(error);
  const problem = asProblem(error);
  return (
    <Result
      status={outdated ? 'info' : 'error'}
      title={<h1 className="result-title">{outdated ? t.newVersion : t.errorTitle}</h1>}
      subTitle={outdated ? undefined : t.errorHint}
      extra={
        <Flex vertical align="center" gap="middle">
          <Flex gap="small">
            <Button type="primary" onClick={() => window.location.reload()}>
              {t.reload}
            </Button>
            <Link to="/">
              <Button>{t.home}</Button>
            </Link>
          </Flex>
          {!outdated && (
            <Typography.Text code copyable>
              {`${problem.traceId ?? problem.code} ${error instanceof Error ? error.message.slice(0, 160) : ''}`}
            </Typography.Text>
          )}
        </Flex>
      }
    />
  );
}
