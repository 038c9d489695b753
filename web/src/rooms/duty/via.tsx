import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { View } from '../../shared/api/client';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

/** The power or the delegation that the act rests on, as a link to its record. */
export function Via({
  via,
  subjectId,
  text,
  bare = false,
}: {
  via: View<'ViaView'> | null;
  subjectId: string;
  text?: string | null;
  /** Where the label stands already. */
  bare?: boolean;
}): ReactNode {
  const t = useTexts(texts);
  if (via === null) return null;
  const delegated = via.kind === 'DELEGATION';
  const to = delegated ? `/delegations/${via.id}` : `/subjects/${subjectId}?tab=powers`;
  return (
    <span>
      {bare ? null : `${t.via} `}
      <Link to={to}>{`${delegated ? t.delegation : t.ownPower}${text ? ` · ${text}` : ''}`}</Link>
    </span>
  );
}
