import { CloseCircleFilled } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useSpelledOut } from '../api/dictionaries';
import { useLanguage } from '../i18n/language';

export interface ShownReason {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** The article. */
  readonly basis?: string | null;
}

/** Why a rule says no: each reason in plain words, with its article. */
export function ReasonsList({
  reasons,
  icon,
}: {
  reasons: readonly ShownReason[];
  /** Before each line; a red cross unless something else is said. */
  icon?: ReactNode;
}): ReactNode {
  const language = useLanguage();
  const spelledOut = useSpelledOut();
  return (
    <ul className="reasons">
      {reasons.map(({ code, zh, en, basis }, at) => (
        <li key={`${code}-${at}`} data-code={code}>
          <span className="reason-icon" aria-hidden="true">
            {icon ?? <CloseCircleFilled />}
          </span>
          <span>{spelledOut(language === 'zh' ? zh : en)}</span>
          {basis ? <Tag className="basis">{basis}</Tag> : null}
        </li>
      ))}
    </ul>
  );
}
