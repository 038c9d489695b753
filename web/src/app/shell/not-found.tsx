import { Result } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../../shared/i18n/dictionary';
import { useTitle } from '../../shared/hooks/use-title';
import { shellTexts } from '../texts';

export function NotFound(): ReactNode {
  const t = useTexts(shellTexts);
  useTitle(t.notFoundTitle);
  return (
    <Result
      status="404"
      title={<h1 className="result-title">{t.notFoundTitle}</h1>}
      subTitle={t.notFoundHint}
      extra={<Link to="/">{t.home}</Link>}
    />
  );
}
