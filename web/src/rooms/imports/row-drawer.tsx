import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Drawer, Flex } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, idempotent } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { useConsequences } from './consequences';
import { targetPath, type Import, type Row } from './kinds';
import { meantBy, ProblemList, useCorrection } from './row-cell';
import { ROW_WORDS } from './states';
import { wizardTexts } from './wizard-texts';

/** Everything about one row: as uploaded, as read, what it would change, what follows, what the register knows better. */
export function RowDrawer({ record, row, onClose }: { record: Import; row: Row; onClose: () => void }): ReactNode {
  const t = useTexts(wizardTexts);
  const open = record.status === 'VALIDATED';
  const target = targetPath(record.kind, row.targetId);
  const undo = useCorrection(record, row, onClose);
  const mapped = record.fields.filter(
    ({ field }) => (row.raw[field] ?? '') !== '' || (row.normalised[field] ?? '') !== '',
  );
  return (
    <Drawer open size={480} title={t.rowTitle(row.rowNumber)} onClose={onClose} rootClassName="import-drawer">
      <PersonalData>
        <Flex vertical gap="middle">
          <div>
            <StatusOf value={row.state} of={ROW_WORDS} />
          </div>
          <ProblemList problems={row.problems} />
          {open && row.repairable && <Repairs record={record} row={row} onTaken={onClose} />}
          <Descriptions
            bordered
            size="small"
            column={1}
            items={mapped.map(({ field, heading, options }) => ({
              key: field,
              label: heading,
              children: (
                <>
                  <div>
                    <span className="hint">{t.raw}</span> {row.raw[field] || t.blank}
                  </div>
                  <div>
                    <span className="hint">{t.normalised}</span> {meantBy(options, row.normalised[field]) || t.blank}
                  </div>
                  {open && row.corrected.includes(field) && (
                    <Button size="small" loading={undo.busy} onClick={() => undo.run({ values: { [field]: null } })}>
                      {t.undoFix}
                    </Button>
                  )}
                </>
              ),
            }))}
          />
          <ProblemAlert error={undo.problem} />
          {open && (row.leftOut || row.state !== 'IGNORED') && (
            <Button loading={undo.busy} onClick={() => undo.run({ values: {}, leftOut: !row.leftOut })}>
              {row.leftOut ? t.takeIn : t.leaveOut}
            </Button>
          )}
          {row.changes.length > 0 && (
            <section>
              <h2 className="section-title">{t.changes}</h2>
              <table className="import-changes">
                <thead>
                  <tr>
                    <th scope="col">{t.field}</th>
                    <th scope="col">{t.before}</th>
                    <th scope="col">{t.after}</th>
                  </tr>
                </thead>
                <tbody>
                  {row.changes.map(({ column, heading, before, after }) => (
                    <tr key={column}>
                      <th scope="row">{heading}</th>
                      <td>{before || t.blank}</td>
                      <td>{after || t.blank}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          {row.effects.length > 0 && <Effects record={record} codes={row.effects} />}
          {target !== null && !open && <Link to={target}>{t.target}</Link>}
        </Flex>
      </PersonalData>
    </Drawer>
  );
}

function Effects({ record, codes }: { record: Import; codes: readonly string[] }): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  const found = useConsequences(record);
  return (
    <section>
      <h2 className="section-title">{t.effects}</h2>
      <ul>
        {codes.map((code) => {
          const effect = found.data?.effects.find((one) => one.code === code);
          return <li key={code}>{effect ? word(effect) : code}</li>;
        })}
      </ul>
    </section>
  );
}

/** What the register holds for the one person that fits, beside what the file says. Only a click takes it. */
function Repairs({ record, row, onTaken }: { record: Import; row: Row; onTaken: () => void }): ReactNode {
  const t = useTexts(wizardTexts);
  const path = { id: record.id, rowNumber: row.rowNumber };
  const found = useQuery({
    queryKey: ['imports', 'repairs', record.id, row.rowNumber, record.version],
    queryFn: () => body(api.GET('/api/v1/imports/{id}/rows/{rowNumber}/repairs', { params: { path } })),
  });
  const take = useCommand({
    run: (offerId: string, key) =>
      body(
        api.POST('/api/v1/imports/{id}/rows/{rowNumber}/repairs', {
          params: { path },
          headers: idempotent(key),
          body: { offerId },
        }),
      ),
    refresh: [['imports']],
    done: onTaken,
  });
  if (found.isPending) return null;
  const offers = found.data?.items ?? [];
  return (
    <section className="import-repairs">
      <h2 className="section-title">{t.repairs}</h2>
      <ProblemAlert error={found.error ?? take.problem} />
      {found.data && offers.length === 0 && <p className="hint">{t.noRepairs}</p>}
      {offers.length > 0 && <p className="hint">{t.repairsHint}</p>}
      {offers.map(({ offerId, heading, current, proposed, because, person }) => (
        <div key={offerId} className="import-repair">
          <div>
            <strong>{person.name}</strong> · {person.unitName}
          </div>
          <div className="hint">{t.because(because.join('、'))}</div>
          <dl className="import-sides">
            <div>
              <dt>
                {t.raw} · {heading}
              </dt>
              <dd className="code">{current || t.blank}</dd>
            </div>
            <div>
              <dt>
                {t.inRegister} · {heading}
              </dt>
              <dd className="code">{proposed}</dd>
            </div>
          </dl>
          <Button type="primary" loading={take.busy} onClick={() => take.run(offerId)}>
            {t.take}
          </Button>
        </div>
      ))}
    </section>
  );
}
