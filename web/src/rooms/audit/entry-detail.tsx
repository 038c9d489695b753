import { Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { texts } from './texts';
import { nounWord, verbWord } from '../../shared/words/audit';

type Entry = View<'AuditEntryView'>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value: unknown): string =>
  value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** One entry: what it was before and after, field by field, and how it hangs in the chain. */
export function EntryDetail({ entry }: { entry: Entry }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { before, after, reasons } = entry as { before: unknown; after: unknown; reasons: unknown };
  return (
    <Flex vertical gap="large">
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'verb', label: t.verb, children: word(verbWord(entry.verb)) },
          { key: 'at', label: t.at, children: <DateText value={entry.recordedAt} /> },
          { key: 'who', label: t.who, children: entry.actorId === null ? t.system : entry.actorName },
          {
            key: 'target',
            label: t.target,
            children: (
              <>
                {word(nounWord(entry.target.type))}{' '}
                <Typography.Text copyable className="code">
                  {entry.target.id}
                </Typography.Text>
              </>
            ),
          },
          { key: 'ip', label: t.ip, children: entry.ipAddress ?? '–' },
          { key: 'request', label: t.requestId, children: entry.requestId ?? '–' },
        ]}
      />
      <Difference before={before} after={after} />
      {reasons !== null && reasons !== undefined && (
        <section>
          <h3 className="section-title">{t.reasons}</h3>
          <pre className="audit-json">{JSON.stringify(reasons, null, 2)}</pre>
        </section>
      )}
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'hash', label: t.hash, children: <code className="audit-hash">{entry.entryHash}</code> },
          {
            key: 'previous',
            label: t.previousHash,
            children: <code className="audit-hash">{entry.previousHash}</code>,
          },
        ]}
      />
    </Flex>
  );
}

function Difference({ before, after }: { before: unknown; after: unknown }): ReactNode {
  const t = useTexts(texts);
  if ((before ?? after ?? null) === null) return <p className="hint">{t.noChange}</p>;
  if ((before !== null && !isRecord(before)) || (after !== null && !isRecord(after))) {
    return <pre className="audit-json">{JSON.stringify({ before, after }, null, 2)}</pre>;
  }
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <table className="difference">
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const [was, is] = [shown(before?.[key]), shown(after?.[key])];
          return (
            <tr key={key} className={was === is ? '' : 'differs'}>
              <th scope="row">{key}</th>
              <td>{was}</td>
              <td>{is}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
