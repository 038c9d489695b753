import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { SubjectSelect } from '../../shared/components/remote-select';
import { Status, StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { daysUntil } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import type { Selection } from '../../shared/table/types';
import { CERTIFICATE_STATE_WORDS, CERTIFICATE_TYPE_WORDS } from '../../shared/words/certificates';
import { texts } from './texts';

type Certificate = View<'CertificateView'>;
const SOON = 90;

/** P15: every certificate; what expires soon is renewed from here. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const navigate = useNavigate();
  const domains = useDictionary('domains');
  const mayApply = useMay('application.submit');
  const mayImport = useMay('import.certificates');
  const type = (row: Certificate): string => word(CERTIFICATE_TYPE_WORDS[row.type] ?? words(row.type, row.type));
  return (
    <>
      <PageHeader
        extra={
          mayImport && (
            <Link to="/imports/new?kind=EXISTING_CERTIFICATES">
              <Button>{t.existing}</Button>
            </Link>
          )
        }
      />
      <DataTable<Certificate>
        id="certificates"
        name={t.ledger}
        personal
        queryKey={['certificates', 'ledger']}
        load={async ({ limit, cursor, filters: { expiringWithinDays, ...filters } }, signal) =>
          body(
            api.GET('/api/v1/certificates', {
              params: {
                query: {
                  limit,
                  ...(cursor === undefined ? {} : { cursor }),
                  ...(expiringWithinDays === undefined ? {} : { expiringWithinDays: Number(expiringWithinDays) }),
                  ...filters,
                },
              },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ holderName, certificateNo }) => `${holderName} ${certificateNo}`}
        openPath={({ id }) => `/certificates/${id}`}
        filters={[
          { key: 'no', label: t.certificateNo, kind: 'text' },
          {
            key: 'state',
            label: t.state,
            kind: 'select',
            options: Object.entries(CERTIFICATE_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          {
            key: 'expiringWithinDays',
            label: t.expiring,
            kind: 'select',
            options: ['30', '60', '90', '180'].map((days) => ({ value: days, label: t.within(Number(days)) })),
          },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
          { key: 'endsFrom', label: t.endsFrom, kind: 'date' },
          { key: 'endsTo', label: t.endsTo, kind: 'date' },
        ]}
        columns={[
          {
            key: 'no',
            title: t.certificateNo,
            render: ({ certificateNo }) => <span className="code">{certificateNo}</span>,
            text: ({ certificateNo }) => certificateNo,
            pinned: true,
          },
          {
            key: 'holder',
            title: t.holder,
            render: ({ officerId, holderName }) => <Link to={`/officers/${officerId}`}>{holderName}</Link>,
            text: ({ holderName }) => holderName,
            card: 'title',
          },
          {
            key: 'state',
            title: t.state,
            render: ({ state }) => <StatusOf value={state} of={CERTIFICATE_STATE_WORDS} />,
            text: ({ state }) => word(CERTIFICATE_STATE_WORDS[state][1]),
            card: 'badge',
          },
          { key: 'type', title: t.certificateType, render: type, text: type },
          {
            key: 'unit',
            title: t.unit,
            render: ({ subjectName }) => subjectName,
            text: ({ subjectName }) => subjectName,
          },
          {
            key: 'domains',
            title: t.domains,
            render: (row) => row.domains.map(domains.nameOf).join('、'),
            text: (row) => row.domains.map(domains.nameOf).join('、'),
          },
          {
            key: 'validity',
            title: t.validity,
            render: (row) => <Validity of={row} />,
            text: ({ validFrom, validTo }) => `${validFrom} – ${validTo}`,
          },
        ]}
        {...(mayApply
          ? {
              maySelect: ({ state }: Certificate) => state === 'VALID',
              selectionActions: ({ rows, count }: Selection<Certificate>) => (
                <Button
                  type="primary"
                  disabled={count === 0}
                  onClick={() =>
                    void navigate(
                      `/applications/new?${rows.map(({ officerId }) => `officerId=${officerId}`).join('&')}`,
                    )
                  }
                >
                  {t.renew(count)}
                </Button>
              ),
            }
          : {})}
        empty={{ title: t.noCertificates }}
      />
    </>
  );
}

/** The span, and how many days are left where that matters. */
function Validity({ of: { validFrom, validTo, state } }: { of: Certificate }): ReactNode {
  const t = useTexts(texts);
  const days = daysUntil(validTo);
  return (
    <>
      {validFrom} – {validTo} {state === 'VALID' && days <= SOON && <Status kind="soon">{t.daysLeft(days)}</Status>}
      {state === 'EXPIRED' && <span className="hint">{t.overdue(-days)}</span>}
    </>
  );
}
