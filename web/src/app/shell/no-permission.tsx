import { Result } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMe } from '../../shared/api/session';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { useTitle } from '../../shared/hooks/use-title';
import { roleWord } from '../../shared/words/roles';
import { shellTexts } from '../texts';

/** For a page that this person's role does not open: who can change that. */
export function NoPermission(): ReactNode {
  const t = useTexts(shellTexts);
  const word = useWord();
  const { roles } = useMe();
  useTitle(t.noPermissionTitle);
  return (
    <Result
      status="403"
      title={<h1 className="result-title">{t.noPermissionTitle}</h1>}
      subTitle={t.noPermissionHint(roles.map((role) => word(roleWord(role))).join('、'))}
      extra={<Link to="/">{t.home}</Link>}
    />
  );
}
