import { Breadcrumb, Flex } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation, useMatches } from 'react-router';
import type { PageHandle } from '../../app/room';
import { useTitle } from '../hooks/use-title';
import { useWord, words } from '../i18n/dictionary';

/** Breadcrumb, title, what stands beside it, and the buttons of the page. Sets the title of the window. */
export function PageHeader({
  title,
  status,
  extra,
  children,
}: {
  /** Left out: the title of the route. */
  title?: string;
  /** Beside the title. */
  status?: ReactNode;
  /** Buttons on the right. */
  extra?: ReactNode;
  /** Below the title: a sentence, key facts. */
  children?: ReactNode;
}): ReactNode {
  const word = useWord();
  const { pathname } = useLocation();
  const handle = useMatches().at(-1)?.handle as PageHandle | undefined;
  const own = title ?? (handle ? word(handle.title) : '');
  useTitle(own);
  const parent = handle?.parent;
  return (
    <div className="page-header">
      {pathname !== '/' && (
        <Breadcrumb
          items={[
            { title: <Link to="/">{word(words('工作台', 'Workbench'))}</Link> },
            ...(parent ? [{ title: <Link to={parent.path}>{word(parent.title)}</Link> }] : []),
            { title: own },
          ]}
        />
      )}
      <Flex justify="space-between" align="center" gap="middle" wrap>
        <Flex align="center" gap="middle" wrap>
          <h1>{own}</h1>
          {status}
        </Flex>
        {extra && (
          <Flex gap="small" wrap className="page-actions">
            {extra}
          </Flex>
        )}
      </Flex>
      {children && <div className="page-lead">{children}</div>}
    </div>
  );
}
